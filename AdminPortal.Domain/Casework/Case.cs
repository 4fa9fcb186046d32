using AdminPortal.Domain.Access;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Casework;

/// <summary>
/// A case on an officer's queue: opened by a driver, claimed by one officer under a lease, decided once. The due time is
/// stamped at opening and only compared afterwards.
/// </summary>
public sealed partial class Case
{
    /// <summary>How long a claim holds without the officer doing anything (D-LEASE).</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    /// <summary>The longest reason or note, in characters.</summary>
    public const int TextLimit = 1000;

    private readonly List<CaseStep> _steps = [];

    private Case() { }

    public Guid Id { get; private init; }

    /// <summary>A short name that two officers can say on the telephone: the random end of the id, eight characters.</summary>
    public string Number { get; private init; } = "";
    public CaseKind Kind { get; private init; }

    /// <summary>Issuing authority that must decide.</summary>
    public string Authority { get; private init; } = "";
    public Guid DriverId { get; private init; }

    /// <summary>What the case is about: the exam attempt of a review, the lead itself.</summary>
    public Guid SubjectId { get; private init; }
    public DateTimeOffset OpenedAt { get; private init; }

    /// <summary>Due at this instant (UTC); null while the calendar year is awaited.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>The last civil date of the term.</summary>
    public DateOnly? DueOn { get; private set; }
    public int? AwaitingYear { get; private set; }
    public DateOnly? ProvisionalOn { get; private set; }

    /// <summary>The rule the term comes from; one that begins with D- is a target of the house, not law.</summary>
    public string DueRule { get; private init; } = "";

    /// <summary>The length of the term, kept so that the date can be stamped once its year is published.</summary>
    public int TermCount { get; private init; }
    public PeriodUnit TermUnit { get; private init; }
    public CaseState State { get; private set; }
    public Guid? HolderId { get; private set; }
    public string? HolderName { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DeciderId { get; private set; }

    /// <summary>Who proposed to uphold it, where that takes two persons; null otherwise.</summary>
    public Guid? ProposedById { get; private set; }

    /// <summary>Badge number.</summary>
    public string? ProposedByName { get; private set; }

    /// <summary>Search key of the proposer's own identity number: two accounts of one person are one person.</summary>
    public byte[]? ProposedByKey { get; private set; }

    /// <summary>Optimistic concurrency and fencing: a decision names the version it was made on.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<CaseStep> Steps => _steps;

    public bool IsOpen => CaseTable.IsOpen(State);

    public bool LeaseHasLapsed(DateTimeOffset now) => State == CaseState.Claimed && now >= LeaseUntil;

    public static Case Open(
        Guid id,
        CaseKind kind,
        string authority,
        Guid driverId,
        Guid subjectId,
        Period term,
        WorkingCalendar calendar,
        Actor actor,
        DateTimeOffset now
    )
    {
        var due = Deadline.Stamp(term, now, calendar);
        var opened = new Case
        {
            Id = id,
            Number = NumberOf(id),
            Kind = kind,
            Authority = authority,
            DriverId = driverId,
            SubjectId = subjectId,
            OpenedAt = now,
            DueAt = due.ExpiresAt,
            DueOn = due.LastDay,
            AwaitingYear = due.AwaitingYear,
            ProvisionalOn = due.ProvisionalDay,
            DueRule = due.Rule,
            TermCount = term.Count,
            TermUnit = term.Unit,
        };
        opened.Append(null, CaseAct.Open, CaseState.Waiting, actor, now, null);
        return opened;
    }

    /// <summary>The number of the case with this id.</summary>
    public static string NumberOf(Guid id) => id.ToString("N")[^8..].ToUpperInvariant();

    /// <summary>The due time as a value, for its arithmetic.</summary>
    public Deadline Due =>
        new()
        {
            From = OpenedAt,
            ExpiresAt = DueAt,
            LastDay = DueOn,
            AwaitingYear = AwaitingYear,
            ProvisionalDay = ProvisionalOn,
            Rule = DueRule,
        };

    /// <summary>The term as it was when the case was opened.</summary>
    public Period Term => new(TermCount, TermUnit, DueRule);

    /// <summary>Stamps the real due date once its year is published.</summary>
    /// <returns>True when it was stamped now.</returns>
    public bool Restamp(WorkingCalendar calendar)
    {
        if (AwaitingYear is null)
        {
            return false;
        }
        var due = Deadline.Stamp(Term, OpenedAt, calendar);
        if (due.AwaitingYear == AwaitingYear)
        {
            return false;
        }
        (DueAt, DueOn, AwaitingYear, ProvisionalOn) = (
            due.ExpiresAt,
            due.LastDay,
            due.AwaitingYear,
            due.ProvisionalDay
        );
        Version++;
        return AwaitingYear is null;
    }

    /// <summary>What upholding means now: the decision, the first of two steps, or the second.</summary>
    public CaseAct UpholdAct =>
        !CaseTable.NeedsTwo(Kind) ? CaseAct.Uphold
        : ProposedById is null ? CaseAct.ProposeUphold
        : CaseAct.ConfirmUphold;

    /// <summary>Whether an actor may do an act now. One function for the button and for the server.</summary>
    /// <param name="personKey">Search key of the driver's identity number: nobody decides their own case.</param>
    public Refusal? Check(CaseAct act, Actor actor, byte[]? personKey, DateTimeOffset now)
    {
        // Who may not do it learns nothing about the case either.
        if (!actor.May(CaseTable.PermissionOf(act)) || !MayPropose(act, actor))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        var state = LeaseHasLapsed(now) && act == CaseAct.Claim ? CaseState.Waiting : State;
        if (CaseTable.Find(state, act) is not { } transition)
        {
            return IsOpen ? Taken(act) : new Refusal(RefusalCode.CaseDecided, null, _lastBy, DecidedAt!.Value);
        }
        if (act == CaseAct.Lapse && !LeaseHasLapsed(now))
        {
            return Taken(act);
        }
        if (transition.Party == CaseParty.Holder && HolderId != actor.Id)
        {
            return Taken(act);
        }
        if (transition.Party == CaseParty.Driver && DriverId != actor.Id)
        {
            return new Refusal(RefusalCode.NotYourCase);
        }
        if (transition.Party == CaseParty.Holder && LeaseHasLapsed(now) && act != CaseAct.Renew)
        {
            return new Refusal(RefusalCode.LeaseLapsed);
        }
        if (transition.Party != CaseParty.Product && actor.IsPerson(personKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        return TwoPersons(act, actor) ?? Together(act, actor, now);
    }

    // A lead is upheld by proposing an entry: who may not propose one may not do so by way of a lead either.
    private bool MayPropose(CaseAct act, Actor actor) =>
        Kind != CaseKind.Lead || act != CaseAct.Uphold || actor.May(Permission.ProposeBlacklisting);

    // Upholding is one act or two, by the kind; the second one is another person's, whatever roles and accounts they have.
    private Refusal? TwoPersons(CaseAct act, Actor actor) =>
        act is not (CaseAct.Uphold or CaseAct.ProposeUphold or CaseAct.ConfirmUphold) ? null
        : act != UpholdAct
            ? new Refusal(CaseTable.NeedsTwo(Kind) ? RefusalCode.SecondPersonNeeded : RefusalCode.WrongState)
        : act == CaseAct.ConfirmUphold && (actor.Id == ProposedById || actor.IsPerson(ProposedByKey))
            ? new Refusal(RefusalCode.SecondPersonNeeded)
        : null;

    /// <summary>Every act an officer could see, with the reason where it is refused.</summary>
    public IReadOnlyList<PermittedAct> Permitted(Actor actor, byte[]? personKey, DateTimeOffset now) =>
        [
            .. new[]
            {
                CaseAct.Claim,
                CaseAct.Renew,
                CaseAct.Note,
                CaseAct.Release,
                CaseAct.Free,
                UpholdAct,
                CaseAct.Reject,
                CaseAct.HandOver,
                CaseAct.Assign,
                CaseAct.Escalate,
                CaseAct.AskEvidence,
                CaseAct.AskOpinion,
                CaseAct.AdviseUphold,
                CaseAct.AdviseReject,
            }.Select(act => new PermittedAct(act, Check(act, actor, personKey, now))),
        ];

    /// <summary>Moves the case by the table, with a step. Refuses what <see cref="Check"/> refuses.</summary>
    /// <param name="to">The officer it is passed to, as the server knows them; for the two acts that pass it on.</param>
    /// <param name="evidence">Until when the driver may take for what is asked; for that act only.</param>
    public Outcome<Unit> Apply(
        CaseAct act,
        Actor actor,
        byte[]? personKey,
        string? note,
        DateTimeOffset now,
        Actor? to = null,
        Deadline? evidence = null
    )
    {
        if ((Check(act, actor, personKey, now) ?? CheckInput(act, personKey, note, to, evidence)) is { } refusal)
        {
            return refusal;
        }
        // A claim over a lapsed lease is the lapse first, then the claim: both belong in the record.
        if (act == CaseAct.Claim && State == CaseState.Claimed)
        {
            Append(State, CaseAct.Lapse, CaseState.Waiting, Actor.System, now, null);
        }
        Append(State, act, CaseTable.Find(State, act)!.To, actor, now, note?.Trim(), to?.Name);
        switch (act)
        {
            case CaseAct.Claim or CaseAct.Renew or CaseAct.Note:
                Hold(actor, now + Lease);
                break;
            case CaseAct.HandOver or CaseAct.Assign:
                PassOn(act, to!, now);
                break;
            case CaseAct.Release or CaseAct.Free or CaseAct.Lapse:
                LetGo();
                break;
            case CaseAct.ProposeUphold:
                (ProposedById, ProposedByName, ProposedByKey) = (actor.Id, actor.Name, actor.PersonKey);
                LetGo();
                break;
            case CaseAct.Uphold or CaseAct.Reject or CaseAct.ConfirmUphold:
                (DeciderId, DecidedAt, LeaseUntil, OpinionAskedAt) = (actor.Id, now, null, null);
                break;
            case CaseAct.Escalate:
                EscalatedAt = now;
                LetGo();
                break;
            case CaseAct.AskEvidence:
                (EvidenceAskedAt, EvidenceUntil) = (now, evidence!.ExpiresAt);
                LetGo();
                break;
            case CaseAct.GiveEvidence:
                EvidenceGivenAt = now;
                break;
            case CaseAct.AskOpinion:
                OpinionAskedAt = now;
                Hold(actor, now + Lease);
                break;
            case CaseAct.AdviseUphold or CaseAct.AdviseReject:
                OpinionAskedAt = null;
                break;
            case CaseAct.Open:
                break;
        }
        return new Unit();
    }

    private Refusal? CheckInput(CaseAct act, byte[]? personKey, string? note, Actor? to, Deadline? evidence)
    {
        if (note is { Length: > TextLimit })
        {
            return new Refusal(RefusalCode.FieldTooLong, "reason", TextLimit);
        }
        if (NeedsWords(act) && string.IsNullOrWhiteSpace(note))
        {
            return new Refusal(RefusalCode.ReasonRequired, "reason", 1);
        }
        return act switch
        {
            CaseAct.HandOver or CaseAct.Assign => CannotTake(
                act,
                to ?? throw new ArgumentNullException(nameof(to)),
                personKey
            ),
            CaseAct.AskEvidence => TooLate(evidence ?? throw new ArgumentNullException(nameof(evidence))),
            CaseAct.Open
            or CaseAct.Claim
            or CaseAct.Renew
            or CaseAct.Note
            or CaseAct.Release
            or CaseAct.Free
            or CaseAct.Lapse
            or CaseAct.Uphold
            or CaseAct.Reject
            or CaseAct.ProposeUphold
            or CaseAct.ConfirmUphold
            or CaseAct.Escalate
            or CaseAct.GiveEvidence
            or CaseAct.AskOpinion
            or CaseAct.AdviseUphold
            or CaseAct.AdviseReject => null,
        };
    }

    private static bool NeedsWords(CaseAct act) =>
        act
            is CaseAct.Uphold
                or CaseAct.Reject
                or CaseAct.ProposeUphold
                or CaseAct.ConfirmUphold
                or CaseAct.Note
                or CaseAct.HandOver
                or CaseAct.Assign
                or CaseAct.Escalate
                or CaseAct.AskEvidence
                or CaseAct.AskOpinion
                or CaseAct.AdviseUphold
                or CaseAct.AdviseReject;

    private void Hold(Actor officer, DateTimeOffset until) =>
        (HolderId, HolderName, LeaseUntil) = (officer.Id, officer.Name, until);

    // A question to the colleagues is the holder's; it goes with the holder.
    private void LetGo() => (HolderId, HolderName, LeaseUntil, OpinionAskedAt) = (null, null, null, null);

    private string _lastBy => _steps.Count > 0 ? _steps[^1].ByName : HolderName ?? "";

    private Refusal Taken(CaseAct act) =>
        State == CaseState.Claimed && act != CaseAct.Open
            ? new Refusal(RefusalCode.CaseTaken, null, HolderName ?? "", LeaseUntil!.Value)
            : new Refusal(RefusalCode.NotYourCase);

    private void Append(
        CaseState? from,
        CaseAct act,
        CaseState to,
        Actor actor,
        DateTimeOffset now,
        string? note,
        string? toName = null
    )
    {
        _steps.Add(
            new CaseStep
            {
                CaseId = Id,
                Number = _steps.Count + 1,
                From = from,
                Act = act,
                To = to,
                At = now,
                ByKind = actor.Kind,
                ById = actor.Id,
                ByName = actor.Name,
                Note = note,
                ToName = toName,
            }
        );
        State = to;
        Version++;
    }
}
