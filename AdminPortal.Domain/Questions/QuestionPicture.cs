using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPortal.Domain.Questions;

/// <summary>
/// The picture of a question (题图): which one of the shelf, and what it shows for those who do not see it. The description must not
/// say more than the picture does, else it would say the answer: nothing but an editor can see to that.
/// </summary>
/// <param name="Name">As editors type it, such as P-0001. What bears a name on the shelf never changes.</param>
public sealed partial record QuestionPicture(string Name, BilingualText Description)
{
    public const int NameLimit = 12;
    public const int DescriptionLimit = 200;

    /// <summary>The names of the fields, wherever content is written: form and workbook.</summary>
    public const string NameField = "picture";
    public const string DescriptionField = "pictureText";
    public const string EnglishField = "pictureTextEn";

    /// <summary>The name of the nth picture of the shelf.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"P-{number:0000}");

    /// <summary>The number in a name; 0 when it is none.</summary>
    public static int NumberOf(string name) =>
        TidyName().IsMatch(name) ? int.Parse(name.AsSpan(2), CultureInfo.InvariantCulture) : 0;

    /// <summary>The picture somebody typed; null when nothing was typed at all.</summary>
    public static QuestionPicture? Of(string name, string description, string english) =>
        name.Trim().Length == 0 && description.Trim().Length == 0 && english.Trim().Length == 0
            ? null
            : new QuestionPicture(Known(name.Trim()), new BilingualText(description.Trim(), english.Trim()));

    /// <summary>The same without blanks; null when nothing is left.</summary>
    public QuestionPicture? Tidy() => Of(Name, Description.Zh, Description.En);

    /// <summary>Everything that is wrong with it. Whether the shelf has such a picture is asked where the shelf is.</summary>
    public IEnumerable<Refusal> Defects()
    {
        if (Name.Length == 0)
        {
            yield return new Refusal(RefusalCode.FieldRequired, NameField);
        }
        else if (!TidyName().IsMatch(Name))
        {
            yield return new Refusal(RefusalCode.PictureUnknown, NameField);
        }
        if (Description.Zh.Length == 0)
        {
            yield return new Refusal(RefusalCode.FieldRequired, DescriptionField);
        }
        if (Description.Zh.Length > DescriptionLimit)
        {
            yield return new Refusal(RefusalCode.FieldTooLong, DescriptionField, DescriptionLimit);
        }
        if (Description.En.Length > DescriptionLimit)
        {
            yield return new Refusal(RefusalCode.FieldTooLong, EnglishField, DescriptionLimit);
        }
    }

    // p1, P-1 and P-0001 are the same picture: the name is typed by hand.
    private static string Known(string typed) =>
        TypedName().Match(typed) is { Success: true } found
            ? NameOf(int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : typed;

    [GeneratedRegex(@"\AP-[0-9]{4,7}\z")]
    private static partial Regex TidyName();

    [GeneratedRegex(@"\A[Pp]-?([0-9]{1,7})\z")]
    private static partial Regex TypedName();
}
