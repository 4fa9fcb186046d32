using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Exports;

/// <summary>A list that can be taken out of the portal in full.</summary>
public enum ExportedList
{
    /// <summary>案件: what the queue shows.</summary>
    Cases,

    /// <summary>黑名单.</summary>
    Blacklist,

    /// <summary>现场学习与公益活动.</summary>
    Attendances,

    /// <summary>统计明细: what a figure counted.</summary>
    Figures,

    /// <summary>审计日志: a search of the trail.</summary>
    Audit,
}

/// <summary>How the persons of a list stand in its file.</summary>
public enum ExportedPersons
{
    /// <summary>As everywhere: the first character of a name, the ends of a number.</summary>
    Masked,

    /// <summary>Names and numbers in full.</summary>
    Full,
}

/// <summary>Where an export stands.</summary>
public enum ExportState
{
    /// <summary>Names and numbers are asked for in full: another person has to agree first.</summary>
    AwaitsApproval,

    /// <summary>Will be written by the next job.</summary>
    Waiting,

    /// <summary>Is being written.</summary>
    Running,

    /// <summary>Can be downloaded until it expires.</summary>
    Done,

    /// <summary>Could not be written. Final.</summary>
    Failed,

    /// <summary>Its owner does not want it any more. Final.</summary>
    Cancelled,

    /// <summary>The second person did not agree. Final.</summary>
    Declined,

    /// <summary>Its file is deleted. Final.</summary>
    Expired,
}

/// <summary>
/// A list on its way out of the portal: asked for with a reason, written in the background, downloaded by its owner, deleted soon
/// after (D-EXPORT). Persons stand in it masked; in full only for a few rows, with the agreement of a second person (N-33).
/// </summary>
public sealed class ListExport
{
    /// <summary>The longest reason, in characters.</summary>
    public const int TextLimit = 200;

    /// <summary>The longest question: more than any page can ask; an address can.</summary>
    public const int QuestionLimit = 1000;

    /// <summary>The most rows of an export (D-EXPORT): more than the largest list of one authority in a year.</summary>
    public const int MostRows = 2_000_000;

    /// <summary>The most rows with names and numbers in full (D-EXPORT): what a person can look through, not a register.</summary>
    public const int MostFullRows = 1_000;

    /// <summary>How often an export is begun anew after its process was lost, before it is given up.</summary>
    public const int MostAttempts = 3;

    /// <summary>How long a file can be downloaded (D-EXPORT).</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    /// <summary>How long a process may be silent before another one begins the export anew.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private ListExport() { }

    /// <summary>The most rows an export may have (D-EXPORT).</summary>
    public static int MostRowsOf(ExportedPersons persons) => persons == ExportedPersons.Full ? MostFullRows : MostRows;

    public Guid Id { get; private init; }
    public Guid OwnerId { get; private init; }

    /// <summary>Badge number.</summary>
    public string OwnerName { get; private init; } = "";

    /// <summary>Search key of the owner's own identity number: two accounts of one person are one person.</summary>
    public byte[]? OwnerKey { get; private init; }
    public ExportedList List { get; private init; }

    /// <summary>What the list was narrowed to, as the list's own question.</summary>
    public string Question { get; private init; } = "";

    /// <summary>The language of the workbook: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; private init; } = "";
    public string Reason { get; private init; } = "";

    public ExportedPersons Persons { get; private init; }
    public ExportState State { get; private set; }
    public DateTimeOffset RequestedAt { get; private init; }
    public Guid? CheckedById { get; private set; }
    public string? CheckedByName { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public string? DeclineReason { get; private set; }

    /// <summary>How often it was begun. Only what the last attempt wrote is the file.</summary>
    public int Attempt { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>Rows the list had when it was asked for, then when the writing began: what a second person agrees to.</summary>
    public int TotalRows { get; private set; }
    public int WrittenRows { get; private set; }

    /// <summary>Length of the file in bytes, and the parts it is kept in; null before it is whole.</summary>
    public long? Size { get; private set; }
    public int? Parts { get; private set; }

    /// <summary>SHA-256 of the file, in the audit trail too: a file can be told to be this one.</summary>
    public string? Digest { get; private set; }

    /// <summary>What the file is, signed (D-MANIFEST); null before it is whole, and for files from before there were manifests.</summary>
    public string? Manifest { get; private set; }

    /// <summary>When the writing ended, well or not.</summary>
    public DateTimeOffset? EndedAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Why it could not be written; null when it could.</summary>
    public RefusalCode? Fault { get; private set; }

    /// <summary>Optimistic concurrency: one process writes it, one answer counts.</summary>
    public int Version { get; private set; }

    /// <summary>Still to come: an owner has at most one of these.</summary>
    public bool IsUnderWay => State is ExportState.AwaitsApproval or ExportState.Waiting or ExportState.Running;

    /// <summary>Asks for a list.</summary>
    /// <param name="permission">What one needs to see the list at all.</param>
    /// <param name="hasPersons">False for lists in which no person stands.</param>
    /// <param name="rows">How long the list is now.</param>
    public static Outcome<ListExport> Request(
        Guid id,
        ExportedList list,
        string question,
        string language,
        string? reason,
        ExportedPersons persons,
        Permission permission,
        bool hasPersons,
        int rows,
        Actor actor,
        DateTimeOffset now
    )
    {
        if (!actor.May(Permission.ExportLists) || !actor.May(permission))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (persons == ExportedPersons.Full && (!hasPersons || !actor.May(Permission.ExportPersonalData)))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (TextFault(reason) is { } fault)
        {
            return fault;
        }
        if (question.Length > QuestionLimit)
        {
            return new Refusal(RefusalCode.FieldTooLong, null, QuestionLimit);
        }
        var most = MostRowsOf(persons);
        if (rows > most)
        {
            return new Refusal(RefusalCode.ExportTooLong, null, rows, most);
        }
        return new ListExport
        {
            Id = id,
            OwnerId = actor.Id,
            OwnerName = actor.Name,
            OwnerKey = actor.PersonKey,
            List = list,
            Question = question,
            Language = language,
            Reason = reason!.Trim(),
            Persons = persons,
            State = persons == ExportedPersons.Full ? ExportState.AwaitsApproval : ExportState.Waiting,
            RequestedAt = now,
            TotalRows = rows,
            Version = 1,
        };
    }

    /// <summary>Whether somebody may agree or not now. One function for the buttons and for the server.</summary>
    public Refusal? Check(Actor actor)
    {
        if (!actor.May(Permission.ApproveExports))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (State != ExportState.AwaitsApproval)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        return actor.Id == OwnerId || actor.IsPerson(OwnerKey) ? new Refusal(RefusalCode.SecondPersonNeeded) : null;
    }

    /// <summary>A second person agrees that names and numbers go out in full.</summary>
    public Outcome<Unit> Approve(Actor actor, DateTimeOffset now)
    {
        if (Check(actor) is { } refusal)
        {
            return refusal;
        }
        Answer(ExportState.Waiting, actor, now);
        return new Unit();
    }

    /// <summary>A second person does not agree, with a reason.</summary>
    public Outcome<Unit> Decline(string? reason, Actor actor, DateTimeOffset now)
    {
        if ((Check(actor) ?? TextFault(reason)) is { } refusal)
        {
            return refusal;
        }
        DeclineReason = reason!.Trim();
        Answer(ExportState.Declined, actor, now);
        EndedAt = now;
        return new Unit();
    }

    /// <summary>A process takes it to write it, from its first row: one that waits, or one whose process was lost.</summary>
    /// <returns>False when it was lost too often; it is given up then.</returns>
    public bool Take(DateTimeOffset now)
    {
        if (State != ExportState.Waiting && !(State == ExportState.Running && LeaseUntil <= now))
        {
            throw new InvalidOperationException("Only what waits is taken.");
        }
        if (Attempt == MostAttempts)
        {
            Fail(RefusalCode.ExportLost, now);
            return false;
        }
        (State, Attempt, LeaseUntil) = (ExportState.Running, Attempt + 1, now + Lease);
        WrittenRows = 0;
        Version++;
        return true;
    }

    /// <summary>The file is whole.</summary>
    public void Finish(int rows, long size, int parts, string digest, string manifest, DateTimeOffset now)
    {
        Demand(ExportState.Running);
        (State, TotalRows, WrittenRows) = (ExportState.Done, rows, rows);
        (Size, Parts, Digest, Manifest) = (size, parts, digest, manifest);
        (EndedAt, ExpiresAt, LeaseUntil) = (now, now + Keep, null);
        Version++;
    }

    /// <summary>It cannot be written: the owner's account or right is gone, the list grew too long, or its process was lost.</summary>
    public void Fail(RefusalCode fault, DateTimeOffset now)
    {
        if (!IsUnderWay)
        {
            throw new InvalidOperationException("Only what is under way fails.");
        }
        (State, Fault, EndedAt, LeaseUntil) = (ExportState.Failed, fault, now, null);
        Version++;
    }

    /// <summary>The owner does not want it any more: while it is under way, or its file before it expires.</summary>
    public Outcome<Unit> Cancel(Actor actor, DateTimeOffset now)
    {
        if (actor.Id != OwnerId)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (!IsUnderWay && State != ExportState.Done)
        {
            return new Refusal(RefusalCode.WrongState);
        }
        (State, EndedAt, LeaseUntil) = (ExportState.Cancelled, now, null);
        Version++;
        return new Unit();
    }

    /// <summary>Why somebody cannot download it now; null when they can.</summary>
    public Refusal? CheckDownload(Actor actor, DateTimeOffset now) =>
        actor.Id != OwnerId ? new Refusal(RefusalCode.NotFound)
        : State != ExportState.Done || now >= ExpiresAt ? new Refusal(RefusalCode.ExportGone)
        : null;

    /// <summary>Its time is over.</summary>
    public void Expire(DateTimeOffset now)
    {
        Demand(ExportState.Done);
        if (now < ExpiresAt)
        {
            throw new InvalidOperationException("Its time is not over.");
        }
        State = ExportState.Expired;
        Version++;
    }

    private static Refusal? TextFault(string? text) =>
        (text?.Trim().Length ?? 0) switch
        {
            0 => new Refusal(RefusalCode.ReasonRequired, "reason", 1),
            > TextLimit => new Refusal(RefusalCode.FieldTooLong, "reason", TextLimit),
            _ => null,
        };

    private void Answer(ExportState state, Actor actor, DateTimeOffset now)
    {
        State = state;
        (CheckedById, CheckedByName, CheckedAt) = (actor.Id, actor.Name, now);
        Version++;
    }

    private void Demand(ExportState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"An export that is {State} is not {state}.");
        }
    }
}
