using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Questions;

/// <summary>What is written by one editor and published by another: a version of a question, or of a study section.</summary>
public interface IReviewedVersion
{
    QuestionState State { get; }
    int Revision { get; }
    Guid? DraftedById { get; }
    string? DraftedByName { get; }
    byte[]? DraftedByKey { get; }
    DateTimeOffset? DraftedAt { get; }
    DateTimeOffset? SubmittedAt { get; }
    string? ReviewedByName { get; }
    DateTimeOffset? ReviewedAt { get; }
    string? ReturnReason { get; }
    string? RetiredByName { get; }
    DateTimeOffset? RetiredAt { get; }
}

/// <summary>The rules of <see cref="QuestionTable"/> for everything that is drafted and reviewed, written once.</summary>
public static class Drafting
{
    /// <summary>The longest reason for returning a draft.</summary>
    public const int ReasonLimit = 500;

    /// <summary>Why an act is not possible for somebody now, or null. One function for the buttons and for the server.</summary>
    /// <param name="permission">The permission that stands for the one the table names; the table's own when null.</param>
    public static Refusal? Check(
        IReviewedVersion version,
        QuestionAct act,
        Actor actor,
        Func<Permission, Permission>? permission = null
    )
    {
        if (
            QuestionTable.All.FirstOrDefault(t => t.Act == act) is { } any
            && !actor.May(permission?.Invoke(any.Permission) ?? any.Permission)
        )
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (QuestionTable.Find(version.State, act) is not { } transition)
        {
            return act is QuestionAct.Publish or QuestionAct.Return && version.ReviewedAt is { } at
                ? new Refusal(RefusalCode.QuestionReviewed, null, version.ReviewedByName ?? "", at)
                : new Refusal(RefusalCode.WrongState);
        }
        return transition.Party switch
        {
            QuestionParty.AnyEditor => null,
            QuestionParty.Drafter => actor.Id == version.DraftedById
                ? null
                : new Refusal(RefusalCode.QuestionNotYourDraft, null, version.DraftedByName ?? ""),
            QuestionParty.SecondPerson => actor.Id == version.DraftedById || actor.IsPerson(version.DraftedByKey)
                ? new Refusal(RefusalCode.SecondPersonNeeded)
                : null,
        };
    }

    /// <summary>What is wrong with the reason of a return, or null.</summary>
    public static Refusal? ReasonFault(string reason) =>
        reason.Length switch
        {
            0 => new Refusal(RefusalCode.FieldRequired, "reason"),
            > ReasonLimit => new Refusal(RefusalCode.FieldTooLong, "reason", ReasonLimit),
            _ => null,
        };

    /// <summary>What somebody is told whose page shows an older revision: a review names itself, everything else its latest hand.</summary>
    public static Refusal Changed(IReviewedVersion version)
    {
        if (version is { State: QuestionState.Published, ReviewedAt: { } published })
        {
            return new Refusal(RefusalCode.QuestionReviewed, null, version.ReviewedByName ?? "", published);
        }
        var (name, at) =
            version.RetiredAt is not null ? (version.RetiredByName, version.RetiredAt)
            : version.ReturnReason is not null && version.SubmittedAt is null
                ? (version.ReviewedByName, version.ReviewedAt)
            : (version.DraftedByName, version.SubmittedAt ?? version.DraftedAt);
        return at is { } when
            ? new Refusal(RefusalCode.Stale, null, name ?? "", when)
            : new Refusal(RefusalCode.WrongState);
    }
}
