using AdminPortal.Domain.Texts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Texts;

/// <summary>What of the texts is listed.</summary>
public enum TextListState
{
    /// <summary>A draft is being written.</summary>
    Draft,

    /// <summary>In force is a version that administrators published.</summary>
    Changed,

    /// <summary>In force is what came with the product.</summary>
    Shipped,
}

/// <summary>What the list of texts shows, as the query string holds it, so that Back works and a list can be handed on.</summary>
public sealed record TextAddress(string? Text, TextKind? Kind, TextListState? State)
{
    /// <summary>What is not a word of the list does not filter.</summary>
    public static TextAddress Of(string? text, string? kind, string? state) =>
        new(SearchWords.Of(text), Word<TextKind>(kind), Word<TextListState>(state));

    public string Path =>
        QueryHelpers.AddQueryString(
            "/staff/texts",
            new Dictionary<string, string?>
            {
                ["q"] = Text,
                ["kind"] = Kind?.ToString(),
                ["state"] = State?.ToString(),
            }.Where(pair => pair.Value is not null)
        );

    private static T? Word<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, true, out var known) && Enum.IsDefined(known) ? known : null;
}
