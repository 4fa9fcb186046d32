using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Domain.Sections;

/// <summary>
/// One version of a study section (学习板块). Its content changes while it is a draft and never afterwards. The identity
/// (<see cref="SectionId"/>) stays over all versions: it is part of the address and of the record of minutes. What may happen to it
/// is what may happen to a question (<see cref="QuestionTable"/>), by editors of study content.
/// </summary>
public sealed class SectionVersion : IReviewedVersion
{
    private SectionVersion() { }

    public Guid Id { get; private init; }

    /// <summary>Stable identity such as points-cycle.</summary>
    public string SectionId { get; private init; } = "";

    /// <summary>1, 2, 3 … within the section.</summary>
    public int Number { get; private init; }
    public QuestionState State { get; private set; }
    public int Order { get; private set; }
    public BilingualText Title { get; private set; } = new("", "");
    public BilingualText Text { get; private set; } = new("", "");
    public IReadOnlyList<string> Articles { get; private set; } = [];
    public int Minutes { get; private set; }
    public Guid? VideoId { get; private set; }

    /// <summary>Title and text in both languages and small letters, for the search.</summary>
    public string Wording { get; private set; } = "";

    /// <summary>Who wrote it; null for the sections that came with the product.</summary>
    public Guid? DraftedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string? DraftedByName { get; private init; }

    /// <summary>Search key of the drafter's own identity number: two accounts of one person are one person.</summary>
    public byte[]? DraftedByKey { get; private init; }
    public DateTimeOffset? DraftedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public Guid? ReviewedById { get; private set; }
    public string? ReviewedByName { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public string? ReturnReason { get; private set; }

    /// <summary>Since when drivers were given it; null when they never were.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? RetiredByName { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>Optimistic concurrency: two reviews at once are one.</summary>
    public int Revision { get; private set; }

    /// <summary>What it says.</summary>
    public SectionContent Content => new(Order, Title, Text, Articles, Minutes, VideoId);

    /// <summary>The permission for study content that stands for the one the table names.</summary>
    public static Permission PermissionFor(Permission permission) =>
        permission == Permission.ReviewQuestions ? Permission.ReviewStudyContent : Permission.EditStudyContent;

    /// <summary>A section that came with the product, in use.</summary>
    public static SectionVersion Shipped(Guid id, string sectionId, SectionContent content, DateTimeOffset now)
    {
        var version = new SectionVersion
        {
            Id = id,
            SectionId = sectionId,
            Number = 1,
            State = QuestionState.Published,
            PublishedAt = now,
        };
        version.Take(content.Tidy());
        return version;
    }

    /// <summary>An editor writes a new section or a new version of one.</summary>
    /// <param name="before">What the version in use says, or null for a new section: a copy of it is no new version.</param>
    public static Outcome<SectionVersion> Write(
        Guid id,
        string sectionId,
        int number,
        SectionContent content,
        SectionContent? before,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.EditStudyContent))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (SectionContent.IdDefect(sectionId) is { } wrongId)
        {
            return wrongId;
        }
        var tidy = content.Tidy();
        if (tidy.Defects() is [{ } defect, ..])
        {
            return defect;
        }
        if (before is not null && tidy.Says(before))
        {
            return new Refusal(RefusalCode.QuestionUnchanged);
        }
        var version = new SectionVersion
        {
            Id = id,
            SectionId = sectionId,
            Number = number,
            State = QuestionState.Draft,
            DraftedById = actor.Id,
            DraftedByName = actor.Name,
            DraftedByKey = actor.PersonKey,
            DraftedAt = now,
            Revision = 1,
        };
        version.Take(tidy);
        return version;
    }

    /// <summary>Why an act is not possible for somebody now, or null. One function for the buttons and for the server.</summary>
    public Refusal? Check(QuestionAct act, Actor actor) => Drafting.Check(this, act, actor, PermissionFor);

    /// <summary>The drafter changes the draft.</summary>
    public Outcome<Unit> Edit(SectionContent content, Actor actor, DateTimeOffset now)
    {
        var tidy = content.Tidy();
        if ((Check(QuestionAct.Edit, actor) ?? tidy.Defects().FirstOrDefault()) is { } refusal)
        {
            return refusal;
        }
        Take(tidy);
        DraftedAt = now;
        return Move(QuestionAct.Edit);
    }

    /// <summary>The drafter asks for a review.</summary>
    public Outcome<Unit> Submit(Actor actor, DateTimeOffset now)
    {
        if ((Check(QuestionAct.Submit, actor) ?? Content.Defects().FirstOrDefault()) is { } refusal)
        {
            return refusal;
        }
        SubmittedAt = now;
        return Move(QuestionAct.Submit);
    }

    /// <summary>The drafter takes it back.</summary>
    public Outcome<Unit> Withdraw(Actor actor)
    {
        if (Check(QuestionAct.Withdraw, actor) is { } refusal)
        {
            return refusal;
        }
        SubmittedAt = null;
        return Move(QuestionAct.Withdraw);
    }

    /// <summary>Another editor publishes it. The one in use so far leaves first: <see cref="GiveWayTo"/>.</summary>
    public Outcome<Unit> Publish(Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Publish, actor) is { } refusal)
        {
            return refusal;
        }
        (ReviewedById, ReviewedByName, ReviewedAt, ReturnReason) = (actor.Id, actor.Name, now, null);
        PublishedAt = now;
        return Move(QuestionAct.Publish);
    }

    /// <summary>The version in use leaves for its successor, which is about to be published by the same act.</summary>
    public Outcome<Unit> GiveWayTo(SectionVersion next, Actor actor, DateTimeOffset now)
    {
        if (next.SectionId != SectionId || State != QuestionState.Published)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        if (next.Check(QuestionAct.Publish, actor) is { } refusal)
        {
            return refusal;
        }
        (RetiredByName, RetiredAt) = (actor.Name, now);
        return Move(QuestionAct.Retire);
    }

    /// <summary>Another editor returns it, with a reason its drafter reads.</summary>
    public Outcome<Unit> Return(string? reason, Actor actor, DateTimeOffset now)
    {
        var why = SectionText.Clean(reason ?? "");
        if ((Check(QuestionAct.Return, actor) ?? Drafting.ReasonFault(why)) is { } refusal)
        {
            return refusal;
        }
        (ReviewedById, ReviewedByName, ReviewedAt, ReturnReason) = (actor.Id, actor.Name, now, why);
        SubmittedAt = null;
        return Move(QuestionAct.Return);
    }

    /// <summary>Out of use; refused for the last one: a driver who has to study needs something to read.</summary>
    /// <param name="inUse">How many sections are in use, this one included.</param>
    public Outcome<Unit> Retire(int inUse, Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Retire, actor) is { } refusal)
        {
            return refusal;
        }
        if (inUse <= 1)
        {
            return new Refusal(RefusalCode.SectionLast);
        }
        (RetiredByName, RetiredAt) = (actor.Name, now);
        return Move(QuestionAct.Retire);
    }

    /// <summary>A draft nobody wants.</summary>
    public Outcome<Unit> Discard(Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Discard, actor) is { } refusal)
        {
            return refusal;
        }
        (RetiredByName, RetiredAt) = (actor.Name, now);
        return Move(QuestionAct.Discard);
    }

    private void Take(SectionContent content)
    {
        (Order, Title, Text) = (content.Order, content.Title, content.Text);
        (Articles, Minutes, VideoId) = (content.Articles, content.Minutes, content.VideoId);
        Wording = string.Join('\n', Title.Zh, Title.En, Text.Zh, Text.En).ToLowerInvariant();
    }

    private Outcome<Unit> Move(QuestionAct act)
    {
        State = QuestionTable.Find(State, act)!.To;
        Revision++;
        return new Unit();
    }
}
