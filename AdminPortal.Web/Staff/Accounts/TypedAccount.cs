using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Drivers;

namespace AdminPortal.Web.Staff.Accounts;

/// <summary>What stands in the fields of an account.</summary>
public sealed class TypedAccount
{
    private static readonly char[] Between = [' ', ',', ';', '，', '、', '；', '\t', '　'];

    public string Name { get; set; } = "";
    public string Unit { get; set; } = "";
    public string Authorities { get; set; } = "";

    public static TypedAccount Of(AccountLine line) =>
        new()
        {
            Name = line.DisplayName,
            Unit = line.UnitName,
            Authorities = string.Join(' ', line.Authorities),
        };

    /// <summary>As the act takes them; authorities in full-width or small letters are the same ones.</summary>
    public AccountFacts Facts =>
        new(
            Name,
            Unit,
            [
                .. Authorities
                    .Split(Between, StringSplitOptions.RemoveEmptyEntries)
                    .Select(a => TypedText.HalfWidth(a).ToUpperInvariant()),
            ]
        );
}
