using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Points;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Driver.Parts;

/// <summary>What a driver does next: one sentence, by when, and the way there.</summary>
/// <param name="Tone">plain, good, warn or bad; said by the words too, never by colour alone.</param>
/// <param name="Headline">The sentence.</param>
/// <param name="Detail">What it means, or null.</param>
/// <param name="Deadline">By when, or null when nothing runs.</param>
/// <param name="Path">Where the step is done, or null when there is nothing to do.</param>
/// <param name="Action">The text of the way there.</param>
public sealed record NextStep(
    string Tone,
    string Headline,
    string? Detail = null,
    Deadline? Deadline = null,
    string? Path = null,
    string? Action = null
)
{
    /// <summary>The next step of a round that is open or ended.</summary>
    public static NextStep In(RoundView round, IStringLocalizer<DriverTexts> t, Words words)
    {
        var due = round.Running?.Deadline;
        return round.State switch
        {
            RoundState.Studying => InStudy(round, due, t),
            RoundState.ExamOpen => new(
                "plain",
                t["Next_Exam"],
                t["Next_Exam_Detail"],
                due,
                "/driver/exam",
                t["Next_Exam_Action"]
            ),
            RoundState.Examining => new(
                "warn",
                t["Next_Examining"],
                t["Next_Examining_Detail"],
                null,
                $"/driver/exam/{round.Attempts[^1].Id}",
                t["Next_Examining_Action"]
            ),
            RoundState.ResitOpen => new(
                "warn",
                t["Next_Resit", round.Scheme.Attempts - round.AttemptsUsed],
                t["Next_Resit_Detail"],
                due,
                "/driver/exam",
                t["Next_Resit_Action"]
            ),
            RoundState.Verifying => new(
                "warn",
                t["Next_Verify"],
                t["Next_Verify_Detail"],
                due,
                "/driver/face",
                t["Next_Verify_Action"]
            ),
            RoundState.Invalid => new(
                "bad",
                t[round.Attempts[^1].State == ExamState.NotAccepted ? "Next_NotAccepted" : "Next_Invalid"],
                t["Next_Invalid_Detail"],
                due,
                $"/driver/review/{round.Attempts[^1].Id}",
                t["Next_Invalid_Action"]
            ),
            RoundState.UnderReview or RoundState.StudyUnderReview => new(
                "plain",
                t["Next_UnderReview"],
                t[round.State == RoundState.UnderReview ? "Next_UnderReview_Detail" : "Next_StudyUnderReview_Detail"],
                round.Waiting?.Due,
                round.Waiting is { } review ? $"/driver/review/{review.SubjectId}" : null,
                t["Next_UnderReview_Action"]
            ),
            RoundState.IdPhotoCheck => new(
                "plain",
                t["Next_IdPhotoCheck"],
                t["Next_IdPhotoCheck_Detail"],
                round.Waiting?.Due,
                "/driver/id-photo",
                t["Next_UnderReview_Action"]
            ),
            RoundState.Reducing => new(
                "good",
                t["Next_Reducing", round.Scheme.PointsPerRound.Value],
                t["Next_Reducing_Detail"],
                null,
                "/driver/round",
                t["Next_Timeline_Action"]
            ),
            RoundState.Reduced when round.Reduction?.State == ReductionState.Revoked => new(
                "bad",
                t["Next_Revoked"],
                t["Next_Revoked_Detail"]
            ),
            RoundState.Reduced => new(
                "good",
                t["Next_Reduced", round.Reduction?.Points ?? round.Scheme.PointsPerRound.Value]
            ),
            RoundState.Void => new(
                "bad",
                t["Next_Void"],
                round.VoidReason is { } reason ? t["Next_Void_Detail", words.Of(reason)].Value : null,
                null,
                "/driver/round",
                t["Next_Timeline_Action"]
            ),
        };
    }

    /// <summary>The next step of a driver without an open round.</summary>
    public static NextStep Without(DriverHome home, IStringLocalizer<DriverTexts> t)
    {
        if (home.Blacklisted is { } entry)
        {
            return Blacklisted(entry, t);
        }
        if (home is not { Scheme: { } scheme, Report: { } report })
        {
            return new("bad", t["Next_Closed", home.AuthorityName], t["Next_Closed_Detail"]);
        }
        return report.IsEligible
            ? new(
                "plain",
                t["Next_Apply"],
                t["Next_Apply_Detail", scheme.StudyMinutes.Value, scheme.PointsPerRound.Value],
                null,
                "/driver/application",
                t["Next_Apply_Action"]
            )
            : new(
                "bad",
                t["Next_Refused", report.Failed.Count()],
                t["Next_Refused_Detail"],
                null,
                "/driver/application",
                t["Next_Refused_Action"]
            );
    }

    /// <summary>An entry on the blacklist is in force: what it is, and how to appeal.</summary>
    private static NextStep Blacklisted(EntryView entry, IStringLocalizer<DriverTexts> t) =>
        new(
            "bad",
            t["Next_Blacklisted"],
            t[entry.Appeal is { } appeal ? $"Appeal_Short_{appeal.State}" : "Next_Blacklisted_Detail"],
            null,
            "/driver/blacklist",
            t["Next_Blacklisted_Action"]
        );

    private static NextStep InStudy(RoundView round, Deadline? due, IStringLocalizer<DriverTexts> t)
    {
        if (round.IsSnapshotDue)
        {
            return new(
                "warn",
                t["Next_StudyCheck"],
                t["Next_StudyCheck_Detail"],
                due,
                "/driver/face",
                t["Next_Verify_Action"]
            );
        }
        var (done, all) = (DeadlineTexts.Minutes(round.CreditedSeconds), round.Scheme.StudyMinutes.Value);
        return done >= all
            ? new("good", t["Next_File", all], t["Next_File_Detail"], due, "/driver/study", t["Next_File_Action"])
            : new(
                "plain",
                t["Next_Study", all],
                t["Next_Study_Detail", done, all - done],
                due,
                "/driver/study",
                t[done == 0 ? "Next_Study_Start" : "Next_Study_Action"]
            );
    }
}
