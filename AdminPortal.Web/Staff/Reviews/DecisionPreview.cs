using AdminPortal.Data.Casework;
using AdminPortal.Data.Messages;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>What the driver will be told by a decision, in the words of the one catalogue of messages. It only shows.</summary>
public static class DecisionPreview
{
    /// <param name="reason">The officer's reason so far, or a place-holder.</param>
    /// <param name="resit">How long the resit window will be, in words.</param>
    public static IReadOnlyList<string> Messages(
        CaseDesk desk,
        bool uphold,
        string reason,
        string resit,
        DateTimeOffset now,
        bool english
    )
    {
        var end = EndOf(desk, uphold, now);
        var first = uphold
            ? MessageTexts.Text(MessageTemplate.ReviewUpheld, [], english)
            : MessageTexts.Text(MessageTemplate.ReviewRejected, [reason, end is null ? resit : ""], english);
        return end is { } why
            ? [first, MessageTexts.Text(MessageTemplate.RoundVoid, [why.ToString()], english)]
            : [first];
    }

    /// <summary>Why the round would end by the decision, or null when it goes on.</summary>
    public static VoidReason? EndOf(CaseDesk desk, bool uphold, DateTimeOffset now)
    {
        if (ChinaTime.DateOf(now) >= desk.Round.ResetOn)
        {
            return VoidReason.CycleEnded;
        }
        return !uphold && desk.Round.AttemptsUsed >= desk.Round.Scheme.Attempts ? VoidReason.AttemptsUsedUp : null;
    }
}
