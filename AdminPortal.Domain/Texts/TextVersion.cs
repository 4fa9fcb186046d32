using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Texts;

/// <summary>
/// A version of a notice or a message after the one that comes with the product: written by one system administrator, published
/// by another one, and never changed afterwards. Drivers accept versions, and messages keep the one they were sent with.
/// </summary>
public sealed class TextVersion
{
    private TextVersion() { }

    public Guid Id { get; private init; }
    public TextKind Kind { get; private init; }

    /// <summary>Which text: the kind's own name for a notice, the template for a message.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Counts the versions of the text, after those that came with the product.</summary>
    public int Number { get; private init; }

    /// <summary>Year and number of a notice, as drivers read it; given at its publication. A message has none.</summary>
    public string? Label { get; private set; }
    public TextState State { get; private set; }

    public string Zh { get; private set; } = "";
    public string En { get; private set; } = "";

    public Guid DraftedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string DraftedByName { get; private init; } = "";

    /// <summary>Search key of the drafter's own identity number: two accounts of one person are one person.</summary>
    public byte[]? DraftedByKey { get; private init; }
    public DateTimeOffset DraftedAt { get; private set; }

    /// <summary>Who published or discarded it.</summary>
    public Guid? SettledById { get; private set; }
    public string? SettledByName { get; private set; }
    public byte[]? SettledByKey { get; private set; }

    /// <summary>When; a published version has its effect from this instant.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Optimistic concurrency: two publications at once are one.</summary>
    public int Revision { get; private set; }

    public TextContent Content => new(Zh, En);

    /// <summary>An administrator writes a draft.</summary>
    /// <param name="now">The wording in force: a copy of it is no new version.</param>
    /// <param name="places">How many values a message has.</param>
    public static Outcome<TextVersion> Write(
        Guid id,
        TextKind kind,
        string name,
        int number,
        TextContent content,
        TextContent now,
        int places,
        Actor actor,
        DateTimeOffset at
    )
    {
        if (!actor.May(Permission.ManageTexts))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        var tidy = content.Tidy(kind);
        if (tidy.Fault(kind, places) is { } fault)
        {
            return fault;
        }
        return tidy == now
            ? new Refusal(RefusalCode.TextUnchanged)
            : new TextVersion
            {
                Id = id,
                Kind = kind,
                Name = name,
                Number = number,
                State = TextState.Draft,
                Zh = tidy.Zh!,
                En = tidy.En!,
                DraftedById = actor.Id,
                DraftedByName = actor.Name,
                DraftedByKey = actor.PersonKey,
                DraftedAt = at,
                Revision = 1,
            };
    }

    /// <summary>Whether somebody may go on with the draft now; null when they may.</summary>
    public Refusal? MayEdit(Actor actor) =>
        Open(actor)
        ?? (actor.Id == DraftedById ? null : new Refusal(RefusalCode.QuestionNotYourDraft, null, DraftedByName));

    /// <summary>Whether somebody may publish it now. One function for the button and for the server.</summary>
    public Refusal? MayPublish(Actor actor) =>
        Open(actor)
        ?? (
            actor.Id == DraftedById || actor.IsPerson(DraftedByKey) ? new Refusal(RefusalCode.SecondPersonNeeded) : null
        );

    /// <summary>Any administrator may: a draft of somebody who left must not stand in the way for ever.</summary>
    public Refusal? MayDiscard(Actor actor) => Open(actor);

    /// <summary>The drafter changes the draft.</summary>
    public Outcome<Unit> Edit(TextContent content, int places, Actor actor, DateTimeOffset at)
    {
        if (MayEdit(actor) is { } refusal)
        {
            return refusal;
        }
        var tidy = content.Tidy(Kind);
        if (tidy.Fault(Kind, places) is { } fault)
        {
            return fault;
        }
        (Zh, En, DraftedAt) = (tidy.Zh!, tidy.En!, at);
        Revision++;
        return new Unit();
    }

    /// <summary>Another administrator publishes it.</summary>
    /// <param name="label">Of a notice; null for a message.</param>
    public Outcome<Unit> Publish(string? label, Actor actor, DateTimeOffset at)
    {
        if (MayPublish(actor) is { } refusal)
        {
            return refusal;
        }
        Label = label;
        Settle(TextState.Published, actor, at);
        return new Unit();
    }

    public Outcome<Unit> Discard(Actor actor, DateTimeOffset at)
    {
        if (MayDiscard(actor) is { } refusal)
        {
            return refusal;
        }
        Settle(TextState.Discarded, actor, at);
        return new Unit();
    }

    private Refusal? Open(Actor actor) =>
        !actor.May(Permission.ManageTexts) ? new Refusal(RefusalCode.NotPermitted)
        : State != TextState.Draft
            ? new Refusal(RefusalCode.TextSettled, null, SettledByName ?? "", SettledAt ?? DraftedAt)
        : null;

    private void Settle(TextState state, Actor actor, DateTimeOffset at)
    {
        State = state;
        (SettledById, SettledByName, SettledByKey, SettledAt) = (actor.Id, actor.Name, actor.PersonKey, at);
        Revision++;
    }
}
