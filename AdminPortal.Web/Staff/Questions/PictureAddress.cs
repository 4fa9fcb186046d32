using System.Globalization;
using AdminPortal.Data.Questions;
using AdminPortal.Domain;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>The addresses of the picture shelf, and what its query string says. An unknown word is nothing.</summary>
public sealed record PictureAddress(string? Search, int Page)
{
    public const string Base = "/staff/questions/pictures";
    public const string Upload = $"{Base}/upload";
    public const int LongestSearch = 100;

    public static PictureAddress Of(string? search, string? page) =>
        new(
            SearchWords.Of(search, LongestSearch),
            int.TryParse(page, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 10_000) : 1
        );

    public string Path
    {
        get
        {
            var query = new Dictionary<string, string?> { ["q"] = Search, ["page"] = Page == 1 ? null : $"{Page}" };
            return QueryHelpers.AddQueryString(Base, query.Where(pair => pair.Value is not null));
        }
    }

    /// <summary>Where the bytes of a picture are.</summary>
    public static string File(string name) => $"{Base}/{Uri.EscapeDataString(name)}/file";

    /// <summary>The shelf after an upload.</summary>
    public static string Uploaded(string name) => QueryHelpers.AddQueryString(Base, "uploaded", name);

    /// <summary>The shelf, saying why nothing was put on it.</summary>
    public static string Refused(RefusalCode code) => QueryHelpers.AddQueryString(Base, "refused", $"{code}");

    /// <summary>Why an upload was refused, as the address says it.</summary>
    public static Refusal? RefusalOf(string? word) =>
        word switch
        {
            nameof(RefusalCode.FieldRequired) => new Refusal(RefusalCode.FieldRequired, "file"),
            nameof(RefusalCode.PictureFormat) => new Refusal(RefusalCode.PictureFormat, "file"),
            nameof(RefusalCode.PictureDamaged) => new Refusal(RefusalCode.PictureDamaged, "file"),
            nameof(RefusalCode.PictureTooHeavy) => QuestionPictureFile.TooHeavy(),
            nameof(RefusalCode.PictureDimensions) => QuestionPictureFile.Dimensions(),
            _ => null,
        };
}
