using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Reviews;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>A round with its rows, and beside them what really happened, written down by the simulator itself.</summary>
internal sealed class RoundFile(Round round, Scheme scheme, DateOnly openedOn)
{
    public Round Round { get; } = round;
    public Scheme Scheme { get; } = scheme;
    public Book Book { get; } = Book.Of(scheme.Id);
    public DateOnly OpenedOn { get; } = openedOn;
    public List<StudyStretch> Stretches { get; } = [];
    public List<AttemptFile> Attempts { get; } = [];
    public List<FaceTry> Tries { get; } = [];
    public Reduction? Reduction { get; set; }

    /// <summary>What officers were asked to decide in this round, in order.</summary>
    public List<Request> Requests { get; } = [];

    /// <summary>The request that waits for an officer, or null.</summary>
    public Request? Pending => Requests.Find(r => r.Case.IsOpen);

    /// <summary>When an officer accepted the photo with the identity card, by the simulator's own watch.</summary>
    public DateTimeOffset? IdAcceptedAt { get; set; }

    /// <summary>When the last answer let the study go on: nothing before it may be credited.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The attempt that is under way or waits for its closing verification, as the acts look it up.</summary>
    public AttemptFile? Open => Attempts.Find(a => a.Exam.FinishedAt is null || a.Exam.State == ExamState.Closing);

    public AttemptFile? Last => Attempts.Count > 0 ? Attempts[^1] : null;

    /// <summary>The windows as the naive calendar counted them when they began.</summary>
    public List<LastMoment> Terms { get; } = [];

    /// <summary>Time on the open study page between beats that were near enough, by the simulator's own watch.</summary>
    public TimeSpan Studied { get; set; }

    /// <summary>Counted seconds at the moment the completion was filed, by the simulator's own sum.</summary>
    public int? CountedWhenFiled { get; set; }

    /// <summary>Random face checks of the study that were settled, by the study second they were planned for.</summary>
    public List<int> Snapshots { get; } = [];

    /// <summary>What the last look saw: to tell what has changed since.</summary>
    public Seen Seen { get; } = new();

    /// <summary>The fingerprint at the end of the round; null while it is open.</summary>
    public ulong? Frozen { get; set; }

    /// <summary>Fingerprints of the last look: the round, and what hangs on its exams.</summary>
    public ulong RoundPrint { get; private set; }
    public ulong ExamPrint { get; private set; }

    /// <summary>Looks at everything the product stores of this round.</summary>
    public ulong Fingerprint() =>
        new Fingerprint().Add((long)Record()).Add(Tries.Count).Add(Tries.Count(t => t.Outcome is null)).Value;

    /// <summary>The same without photos that are on their way: what an end must leave alone for ever.</summary>
    public ulong Record()
    {
        RoundPrint = new Fingerprint().Add(Round).Value;
        var exams = new Fingerprint().Add(Reduction);
        foreach (var attempt in Attempts)
        {
            exams.Add(attempt.Exam).Add(attempt.Answers);
        }
        foreach (var request in Requests)
        {
            exams.Add(request.Review).Add(request.Case);
        }
        ExamPrint = exams.Value;
        return new Fingerprint().Add((long)RoundPrint).Add((long)ExamPrint).Add(Stretches).Value;
    }

    /// <summary>
    /// Stretches that were voided, with the face check that took them and their seconds. Only a review of that check that was
    /// upheld takes one out.
    /// </summary>
    public Dictionary<Guid, (FaceTry Check, int Seconds)> Voided { get; } = [];

    /// <summary>The stretch that began with the round's first study or with a random check, until anything interrupts it.</summary>
    public Guid? Uninterrupted { get; set; }

    /// <summary>Seconds of the pieces that the random checks cut out of study that nothing else interrupted.</summary>
    public List<int> Pieces { get; } = [];

    /// <summary>The seconds that count, summed up by the rulebook and not by the domain.</summary>
    public int Counted()
    {
        var sum = 0;
        foreach (var stretch in Stretches)
        {
            sum += stretch.VoidedBy is null && stretch.Seconds >= Book.SmallestStretch ? stretch.Seconds : 0;
        }
        return sum;
    }
}

/// <summary>An exam attempt with its paper, its answers and its review.</summary>
internal sealed class AttemptFile(ExamAttempt exam, IReadOnlyList<ExamItem> paper)
{
    public ExamAttempt Exam { get; } = exam;
    public IReadOnlyList<ExamItem> Paper { get; } = paper;
    public List<ExamAnswer> Answers { get; } = [];
    public Request? Request { get; set; }
    public Review? Review => Request?.Review;
    public Case? Case => Request?.Case;

    /// <summary>When the driver did without the review.</summary>
    public DateTimeOffset? WaivedAt { get; set; }

    /// <summary>The exam was not accepted, and the simulator saw an officer uphold its review.</summary>
    public bool IsTakenBack { get; set; }

    /// <summary>When the open question was put and the attempt began, by the simulator's own watch.</summary>
    public DateTimeOffset PutAt { get; set; }
    public DateTimeOffset? BegunAt { get; set; }
    public TimeSpan Paused { get; set; }
    public int RandomChecksPassed { get; set; }

    /// <summary>When each answered question was put.</summary>
    public List<DateTimeOffset> Put { get; } = [];

    /// <summary>Whether the answers so far were right, judged by the simulator from what the page showed.</summary>
    public List<bool> Judged { get; } = [];
    public ulong? Frozen { get; set; }
}

/// <summary>What an officer is asked: a review of an exam or of a study period, or a photo with the identity card.</summary>
internal sealed class Request
{
    public required Case Case { get; init; }
    public Review? Review { get; init; }
    public AttemptFile? Attempt { get; init; }

    /// <summary>The failed face check of a study period.</summary>
    public FaceTry? Check { get; init; }

    /// <summary>The due time as the naive calendar counted it.</summary>
    public required LastMoment Due { get; set; }
    public int SeenSteps { get; set; }
    public ulong? Frozen { get; set; }
}

/// <summary>One try at a face check, as the product stores it.</summary>
internal sealed class FaceTry
{
    public required Guid Id { get; init; }
    public required string Series { get; init; }
    public required FaceCheckPurpose Purpose { get; init; }
    public required AttemptFile? Attempt { get; init; }
    public required DateTimeOffset At { get; init; }
    public FaceOutcome? Outcome { get; set; }
    public DateTimeOffset? ComparedAt { get; set; }
}

/// <summary>A reduction on its way: ledger row and order at once.</summary>
internal sealed class Reduction
{
    public required DateOnly CycleStart { get; init; }
    public required int Points { get; init; }
    public required DateTimeOffset ReservedAt { get; init; }
    public required int ElsewhereWhenReserved { get; init; }
    public int? Slot { get; set; }
    public bool WasSent { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public int Sends { get; set; }
    public bool? Applied { get; set; }
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>Numbers of the look before.</summary>
internal sealed class Seen
{
    public int Steps { get; set; }
    public int Version { get; set; }
    public int Deadlines { get; set; }
    public ulong RoundPrint { get; set; }
    public ulong ExamPrint { get; set; }
}

/// <summary>The questions that ship with the product, as published versions.</summary>
internal static class Bank
{
    public static IReadOnlyDictionary<Guid, QuestionVersion> Versions { get; } =
        StarterContent
            .Questions.Select(
                (q, i) =>
                    new QuestionVersion
                    {
                        Id = new Guid(i + 1, 1, 1, new byte[8]),
                        QuestionId = q.Id,
                        Number = 1,
                        State = QuestionState.Published,
                        Type = q.Type,
                        Category = q.Category,
                        Article = q.Article,
                        Text = q.Text,
                        Options = q.Options,
                        Key = q.Key,
                        Explanation = q.Explanation,
                        Difficulty = q.Difficulty,
                    }
            )
            .ToDictionary(version => version.Id);

    public static IReadOnlyList<BankEntry> Entries { get; } =
    [.. Versions.Values.Select(v => new BankEntry(v.Id, v.Type, v.Category, v.Options.Count))];
}
