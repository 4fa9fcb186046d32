using AdminPortal.Domain;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Parts;

/// <summary>What is wrong with a form that is shown again.</summary>
/// <param name="Text">In the user's language.</param>
/// <param name="Field">The name of the input it belongs to, or null when it concerns the whole act.</param>
/// <param name="Status">The status code of the answer.</param>
public sealed record FormProblem(string Text, string? Field, int Status)
{
    /// <summary>A refused act as its form shows it.</summary>
    public static FormProblem Of(Words words, Refusal refusal) =>
        new(words.Of(refusal), refusal.Field, StatusOf(refusal.Code));

    /// <summary>The id of the text beside a field, when the field has a problem.</summary>
    public string? IdFor(string field) => Field == field ? $"{field}-error" : null;

    /// <summary>The status code that says the same as the refusal; whatever has none of its own is 422.</summary>
    public static int StatusOf(RefusalCode code)
    {
        if (code is RefusalCode.NotFound)
        {
            return StatusCodes.Status404NotFound;
        }
        if (code is RefusalCode.NotPermitted or RefusalCode.AccountDisabled)
        {
            return StatusCodes.Status403Forbidden;
        }
        if (
            code
            is RefusalCode.Stale
                or RefusalCode.Repeated
                or RefusalCode.StudyTakenOver
                or RefusalCode.BeatReplayed
                or RefusalCode.AnswerTwice
                or RefusalCode.ReviewOnce
                or RefusalCode.FeedbackSent
                or RefusalCode.AppealOnce
                or RefusalCode.ChallengeUsed
                or RefusalCode.FaceConsentMissing
        )
        {
            return StatusCodes.Status409Conflict;
        }
        if (code is RefusalCode.PhotoTooLarge or RefusalCode.PdfTooLarge or RefusalCode.FilesTooLarge)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }
        return
            code
                is RefusalCode.TooManyTries
                    or RefusalCode.TooManyMessages
                    or RefusalCode.PhotoTooOften
                    or RefusalCode.ExportTooOften
                    or RefusalCode.FeedbackOpenTooMany
            ? StatusCodes.Status429TooManyRequests
            : StatusCodes.Status422UnprocessableEntity;
    }
}
