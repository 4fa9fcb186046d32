using AdminPortal.Data.Messages;
using AdminPortal.Data.Texts;
using AdminPortal.Domain.Texts;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff.Texts;

/// <summary>How texts and their versions are called.</summary>
public static class TextWords
{
    public static string Title(Words words, TextKind kind, string name) =>
        kind == TextKind.Message ? words.Of(Enum.Parse<MessageTemplate>(name)) : words.Of(kind);

    /// <summary>The label of a notice, which drivers read; the number of anything else.</summary>
    public static string Version(IStringLocalizer<StaffTexts> texts, TextEdition edition) =>
        edition.State == TextState.Draft
            ? texts["Texts_IsDraft"]
            : texts["Texts_Version", edition.Label ?? $"{edition.Number}"];

    /// <summary>A message as a driver would read it, with samples for its values; null while a value is missing or unknown.</summary>
    public static string? Preview(MessageTemplate template, string? wording, bool english)
    {
        var text = wording?.Trim() ?? "";
        return text.Length > 0 && TextPlaces.AreWhole(text, MessageFactTable.Of(template).Count)
            ? MessageTexts.Text(template, MessageFactTable.Samples(template, english), english, text)
            : null;
    }
}
