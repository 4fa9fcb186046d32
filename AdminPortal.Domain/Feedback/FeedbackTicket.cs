using System.Globalization;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Feedback;

/// <summary>What a driver's feedback is about (S0-21, S0-22).</summary>
public enum FeedbackKind
{
    /// <summary>人脸误判.</summary>
    FaceMisjudged,

    /// <summary>系统故障.</summary>
    SystemFault,

    /// <summary>政策咨询.</summary>
    PolicyQuestion,

    /// <summary>无法申请.</summary>
    CannotApply,

    /// <summary>减免不成功.</summary>
    ReductionMissing,

    /// <summary>举报投诉.</summary>
    AbuseReport,

    /// <summary>更正个人信息: the right to have personal data put right (Art. 46 of the Personal Information Protection Law).</summary>
    DataCorrection,
}

/// <summary>The rules of a feedback ticket: what it must say, how many there may be, how it is numbered.</summary>
public static class FeedbackTicket
{
    /// <summary>The shortest text that an officer can answer, in characters (D-FEEDBACK-FORM).</summary>
    public const int ShortestText = 10;

    /// <summary>The longest text, in characters (D-FEEDBACK-FORM).</summary>
    public const int LongestText = Case.TextLimit;

    /// <summary>The most photos of one ticket (D-FEEDBACK-FORM).</summary>
    public const int MostPhotos = 3;

    /// <summary>The most tickets one driver may have open at a time (D-FEEDBACK-OPEN).</summary>
    public const int MostOpen = 5;

    /// <summary>One more than the largest end of a number (D-FEEDBACK-NUMBER).</summary>
    private const int Numbers = 1_000_000;

    /// <summary>The text as it is counted and kept: without space around it, a line break being one character.</summary>
    public static string Clean(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    /// <summary>What is wrong with a form, or null.</summary>
    /// <param name="kind">Null when nothing was chosen.</param>
    public static Refusal? Check(FeedbackKind? kind, string? text, int photos)
    {
        if (kind is not { } chosen || !Enum.IsDefined(chosen))
        {
            return new Refusal(RefusalCode.FeedbackKindRequired, "kind");
        }
        var length = Clean(text).Length;
        if (length < ShortestText)
        {
            return new Refusal(RefusalCode.FeedbackTextShort, "text", ShortestText);
        }
        if (length > LongestText)
        {
            return new Refusal(RefusalCode.FieldTooLong, "text", LongestText);
        }
        return photos > MostPhotos ? new Refusal(RefusalCode.FeedbackPhotosTooMany, "photo1", MostPhotos) : null;
    }

    /// <summary>The lowest place that no open ticket of the driver holds; null when all are taken (D-FEEDBACK-OPEN).</summary>
    public static int? FreeSlot(IReadOnlyCollection<int> taken)
    {
        for (var slot = 1; slot <= MostOpen; slot++)
        {
            if (!taken.Contains(slot))
            {
                return slot;
            }
        }
        return null;
    }

    /// <summary>
    /// The number a driver and an officer say to each other, such as FK20261121-480213: the day in China and six digits drawn by
    /// chance, so that tickets filed at the same moment do not wait for each other's number (D-FEEDBACK-NUMBER).
    /// </summary>
    /// <param name="below">A uniform random integer in [0, n).</param>
    public static string NumberAt(DateTimeOffset now, Func<int, int> below) =>
        string.Create(CultureInfo.InvariantCulture, $"FK{ChinaTime.DateOf(now):yyyyMMdd}-{below(Numbers):000000}");

    /// <summary>
    /// Whether an officer needs to see faces to answer: the authority's photo and the snapshots of the round are shown with a
    /// misjudged face and with nothing else (D-FEEDBACK-FACES).
    /// </summary>
    public static bool ShowsFaces(FeedbackKind kind) => kind == FeedbackKind.FaceMisjudged;
}
