using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Questions;

/// <summary>
/// One version of a question. Its content changes while it is a draft and never afterwards. The identity
/// (<see cref="QuestionId"/>) stays over all versions; a paper stores version ids, so a later correction never changes a past paper.
/// </summary>
public sealed class QuestionVersion : IReviewedVersion
{
    /// <summary>The longest reason for returning a draft.</summary>
    public const int ReasonLimit = Drafting.ReasonLimit;

    // Readable by everybody, set when it is made, and changed afterwards by Edit alone.
    private QuestionType _type;
    private string _category = "";
    private string _article = "";
    private BilingualText _text = new("", "");
    private IReadOnlyList<BilingualText> _options = [];
    private IReadOnlyList<int> _key = [];
    private BilingualText _explanation = new("", "");
    private int _difficulty;
    private QuestionState _state;

    public Guid Id { get; init; }

    /// <summary>Stable identity such as points-001.</summary>
    public string QuestionId { get; init; } = "";

    /// <summary>1, 2, 3 … within the question.</summary>
    public int Number { get; init; }

    public QuestionState State
    {
        get => _state;
        init => _state = value;
    }

    public QuestionType Type
    {
        get => _type;
        init => _type = value;
    }

    public string Category
    {
        get => _category;
        init => _category = value;
    }

    /// <summary>The article the answer rests on.</summary>
    public string Article
    {
        get => _article;
        init => _article = value;
    }

    public BilingualText Text
    {
        get => _text;
        init
        {
            _text = value;
            Wording = WordingOf(value);
        }
    }

    /// <summary>The text in both languages and small letters, for the search.</summary>
    public string Wording { get; private set; } = "";

    public IReadOnlyList<BilingualText> Options
    {
        get => _options;
        init => _options = value;
    }

    /// <summary>Zero-based indices of the right options, ascending. Never leaves the server before the round is over.</summary>
    public IReadOnlyList<int> Key
    {
        get => _key;
        init => _key = value;
    }

    public BilingualText Explanation
    {
        get => _explanation;
        init => _explanation = value;
    }

    public int Difficulty
    {
        get => _difficulty;
        init => _difficulty = value;
    }

    /// <summary>What is shown with the text, or null.</summary>
    public QuestionPicture? Picture
    {
        get => PictureName is { } name ? new QuestionPicture(name, PictureDescription!) : null;
        init => (PictureName, PictureDescription) = (value?.Name, value?.Description);
    }

    /// <inheritdoc cref="QuestionPicture.Name"/>
    public string? PictureName { get; private set; }

    /// <inheritdoc cref="QuestionPicture.Description"/>
    public BilingualText? PictureDescription { get; private set; }

    /// <summary>Who wrote it; null for the questions that came with the product.</summary>
    public Guid? DraftedById { get; private init; }

    /// <summary>Badge number.</summary>
    public string? DraftedByName { get; private init; }

    /// <summary>Search key of the drafter's own identity number: two accounts of one person are one person.</summary>
    public byte[]? DraftedByKey { get; private init; }
    public DateTimeOffset? DraftedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Who published it, or returned it last.</summary>
    public Guid? ReviewedById { get; private set; }
    public string? ReviewedByName { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>Why it was returned last; null when it never was, or was published since.</summary>
    public string? ReturnReason { get; private set; }
    public string? RetiredByName { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>Optimistic concurrency: two reviews at once are one.</summary>
    public int Revision { get; private set; }

    /// <summary>What it says.</summary>
    public QuestionContent Content =>
        new(Type, Category, Article, Text, Options, Key, Explanation, Difficulty) { Picture = Picture };

    /// <summary>True when exactly the right options are chosen.</summary>
    /// <param name="chosen">Zero-based indices in the version's own order.</param>
    public bool IsRight(IReadOnlyCollection<int> chosen) => chosen.Count == Key.Count && Key.All(chosen.Contains);

    /// <summary>What is wrong with a version, or null. Checked on import and before publishing.</summary>
    public Refusal? Defect() =>
        QuestionId.Length == 0 ? new Refusal(RefusalCode.FieldRequired, "id") : Content.Defects().FirstOrDefault();

    /// <summary>An editor writes a new question or a new version of one.</summary>
    /// <param name="before">What the version before it says, or null for a new question: a copy of it is no new version.</param>
    public static Outcome<QuestionVersion> Write(
        Guid id,
        string questionId,
        int number,
        QuestionContent content,
        QuestionContent? before,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(QuestionTable.Find(null, QuestionAct.Write)!.Permission))
        {
            return new Refusal(RefusalCode.NotPermitted);
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
        return new QuestionVersion
        {
            Id = id,
            QuestionId = questionId,
            Number = number,
            State = QuestionState.Draft,
            Type = tidy.Type,
            Category = tidy.Category,
            Article = tidy.Article,
            Text = tidy.Text,
            Options = tidy.Options,
            Key = tidy.Key,
            Explanation = tidy.Explanation,
            Difficulty = tidy.Difficulty,
            Picture = tidy.Picture,
            DraftedById = actor.Id,
            DraftedByName = actor.Name,
            DraftedByKey = actor.PersonKey,
            DraftedAt = now,
            Revision = 1,
        };
    }

    /// <summary>Why an act is not possible for somebody now, or null. One function for the buttons and for the server.</summary>
    public Refusal? Check(QuestionAct act, Actor actor) => Drafting.Check(this, act, actor);

    /// <summary>The drafter changes the draft.</summary>
    public Outcome<Unit> Edit(QuestionContent content, Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Edit, actor) is { } refusal)
        {
            return refusal;
        }
        var tidy = content.Tidy();
        if (tidy.Defects() is [{ } defect, ..])
        {
            return defect;
        }
        (_type, _category, _article, _difficulty) = (tidy.Type, tidy.Category, tidy.Article, tidy.Difficulty);
        (_text, _options, _key, _explanation) = (tidy.Text, tidy.Options, tidy.Key, tidy.Explanation);
        Wording = WordingOf(_text);
        (PictureName, PictureDescription) = (tidy.Picture?.Name, tidy.Picture?.Description);
        DraftedAt = now;
        return Move(QuestionAct.Edit);
    }

    /// <summary>The drafter asks for a review.</summary>
    public Outcome<Unit> Submit(Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Submit, actor) is { } refusal)
        {
            return refusal;
        }
        if (Defect() is { } defect)
        {
            return defect;
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

    /// <summary>Another editor publishes it. The version in use so far gives way first, in the same act.</summary>
    public Outcome<Unit> Publish(Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Publish, actor) is { } refusal)
        {
            return refusal;
        }
        if (Defect() is { } defect)
        {
            return defect;
        }
        Review(null, actor, now);
        return Move(QuestionAct.Publish);
    }

    /// <summary>The version in use is retired because its successor is published.</summary>
    /// <param name="pools">The questions in use, this one included.</param>
    public Outcome<Unit> GiveWayTo(QuestionVersion next, QuestionPools pools, Actor actor, DateTimeOffset now)
    {
        if (next.Check(QuestionAct.Publish, actor) is { } refusal)
        {
            return refusal;
        }
        if (State != QuestionState.Published || QuestionId != next.QuestionId)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        // A question that changes its type leaves the pool of the old one.
        if (Type != next.Type && pools.Without(Type) is { } tooFew)
        {
            return tooFew;
        }
        Leave(actor, now);
        return new Unit();
    }

    /// <summary>Another editor returns it, with a reason its drafter reads.</summary>
    public Outcome<Unit> Return(string? reason, Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Return, actor) is { } refusal)
        {
            return refusal;
        }
        var why = reason?.Trim() ?? "";
        if (Drafting.ReasonFault(why) is { } fault)
        {
            return fault;
        }
        SubmittedAt = null;
        Review(why, actor, now);
        return Move(QuestionAct.Return);
    }

    /// <summary>Out of use; refused when a paper could no longer be drawn.</summary>
    public Outcome<Unit> Retire(QuestionPools pools, Actor actor, DateTimeOffset now)
    {
        if (Check(QuestionAct.Retire, actor) is { } refusal)
        {
            return refusal;
        }
        if (pools.Without(Type) is { } tooFew)
        {
            return tooFew;
        }
        Leave(actor, now);
        return new Unit();
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

    private static string WordingOf(BilingualText text) => $"{text.Zh}\n{text.En}".ToLowerInvariant();

    private void Review(string? reason, Actor actor, DateTimeOffset now)
    {
        (ReviewedById, ReviewedByName, ReviewedAt) = (actor.Id, actor.Name, now);
        ReturnReason = reason;
    }

    private void Leave(Actor actor, DateTimeOffset now)
    {
        (RetiredByName, RetiredAt) = (actor.Name, now);
        Move(QuestionAct.Retire);
    }

    private Outcome<Unit> Move(QuestionAct act)
    {
        _state = QuestionTable.Find(State, act)!.To;
        Revision++;
        return new Unit();
    }
}
