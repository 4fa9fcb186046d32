using System.Globalization;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>Figures of a question as they are written; a dash where there is none.</summary>
internal static class ItemWords
{
    private const string None = "–";

    public static string Percent(double? share) => share is { } known ? $"{Number(known * 100, "0.0")} %" : None;

    public static string Number(double? number, string format) =>
        number is { } known ? known.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−') : None;
}
