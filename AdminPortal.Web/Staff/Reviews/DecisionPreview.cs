using AdminPortal.Data.Casework;
using AdminPortal.Data.Messages;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Texts;
using AdminPortal.Domain.Time;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>What the driver will be told by a decision, in the words of the one catalogue of messages. It only shows.</summary>
public static class DecisionPreview
{
    /// <summary>Empty where the driver is told nothing.</summary>
    /// <param name="reason">The officer's reason so far, or a place-holder.</param>
    /// <param name="window">How long the window will be that the decision opens, in words.</param>
    /// <param name="wordings">The wordings in force, by template.</param>
    public static IReadOnlyList<string> Messages(
        CaseDesk desk,
        bool uphold,
        string reason,
        string window,
        DateTimeOffset now,
        bool english,
        IReadOnlyDictionary<string, TextVersion> wordings
    )
    {
        if (!CaseTable.TellsDriver(desk.Kind))
        {
            return [];
        }
        var end = EndOf(desk, uphold, now);
        var first = First(desk, uphold, reason, end is null ? window : "", english, wordings);
        return end is { } why ? [first, Text(MessageTemplate.RoundVoid, [why.ToString()], english, wordings)] : [first];
    }

    /// <summary>Why the round would end by the decision, or null when it goes on.</summary>
    public static VoidReason? EndOf(CaseDesk desk, bool uphold, DateTimeOffset now)
    {
        // A round that has ended already, by the blacklist, does not end again.
        if (
            desk.Round is not { IsOpen: true } round
            || desk.Kind is CaseKind.Appeal or CaseKind.Feedback or CaseKind.Lead
        )
        {
            return null;
        }
        if (ChinaTime.DateOf(now) >= round.ResetOn)
        {
            return VoidReason.CycleEnded;
        }
        return desk.Kind == CaseKind.ExamReview && !uphold && round.AttemptsUsed >= round.Scheme.Attempts
            ? VoidReason.AttemptsUsedUp
            : null;
    }

    /// <summary>The window that a decision opens; null when it opens none.</summary>
    public static Period? WindowOf(CaseDesk desk, bool uphold) =>
        desk.Kind switch
        {
            CaseKind.ExamReview when uphold && desk.Attempt?.State == ExamState.NotAccepted => desk.Attempt.Number <= 1
                ? desk.Scheme.ExamWindow
                : desk.Scheme.ResitWindow,
            CaseKind.ExamReview => desk.Scheme.ResitWindow,
            CaseKind.StudyReview or CaseKind.IdPhoto => desk.Scheme.StudyWindow,
            CaseKind.Appeal or CaseKind.Feedback or CaseKind.Lead => null,
        };

    private static string Text(
        MessageTemplate template,
        object[] facts,
        bool english,
        IReadOnlyDictionary<string, TextVersion> wordings
    )
    {
        var wording = wordings.GetValueOrDefault($"{template}");
        return MessageTexts.Text(template, facts, english, english ? wording?.En : wording?.Zh);
    }

    private static string First(
        CaseDesk desk,
        bool uphold,
        string reason,
        string window,
        bool english,
        IReadOnlyDictionary<string, TextVersion> wordings
    )
    {
        var (template, facts) = (desk.Kind, uphold) switch
        {
            (CaseKind.ExamReview, true) when desk.Attempt?.State == ExamState.NotAccepted => (
                MessageTemplate.ExamRestored,
                new object[] { window }
            ),
            (CaseKind.ExamReview, true) => (MessageTemplate.ReviewUpheld, []),
            (CaseKind.ExamReview, false) => (MessageTemplate.ReviewRejected, [reason, window]),
            (CaseKind.StudyReview, true) => (MessageTemplate.StudyRestored, [RestoredMinutes(desk), window]),
            (CaseKind.StudyReview, false) => (MessageTemplate.StudyReviewRejected, [reason, window]),
            (CaseKind.IdPhoto, true) => (MessageTemplate.IdPhotoAccepted, [window]),
            (CaseKind.IdPhoto, false) => (MessageTemplate.IdPhotoRefused, [reason, window]),
            (CaseKind.Feedback, true) => (MessageTemplate.FeedbackAnswered, [desk.Feedback!.Number, reason]),
            (CaseKind.Feedback, false) => (MessageTemplate.FeedbackClosed, [desk.Feedback!.Number, reason]),
            (CaseKind.Appeal, true) => (MessageTemplate.AppealUpheld, []),
            (CaseKind.Appeal, false) => (MessageTemplate.AppealRejected, [reason]),
            (CaseKind.Lead, _) => throw new InvalidOperationException("The driver is told nothing of a lead."),
        };
        return Text(template, facts, english, wordings);
    }

    private static int RestoredMinutes(CaseDesk desk) =>
        (desk.Round!.CreditedSeconds + desk.Round.Stretches.Where(s => s.VoidedBy is not null).Sum(s => s.Seconds))
        / 60;
}
