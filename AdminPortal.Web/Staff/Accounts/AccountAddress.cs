using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Accounts;

/// <summary>What the list of accounts shows, as the query string holds it, so that Back works and a list can be handed on.</summary>
public sealed record AccountAddress(AccountFilter Filter, int Page)
{
    /// <summary>What is not a word of the list does not filter.</summary>
    public static AccountAddress Of(string? text, string? authority, string? role, string? state, string? page) =>
        new(
            new AccountFilter(
                SearchWords.Of(text),
                SearchWords.Of(authority),
                Word<Role>(role),
                Word<AccountState>(state)
            ),
            int.TryParse(page, out var number) && number > 0 ? number : 1
        );

    public string Path =>
        QueryHelpers.AddQueryString(
            "/staff/accounts",
            new Dictionary<string, string?>
            {
                ["q"] = Filter.Text,
                ["authority"] = Filter.Authority,
                ["role"] = Filter.Role?.ToString(),
                ["state"] = Filter.State?.ToString(),
                ["page"] = Page > 1 ? $"{Page}" : null,
            }.Where(pair => pair.Value is not null)
        );

    private static T? Word<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, true, out var known) && Enum.IsDefined(known) ? known : null;
}
