using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>What can be done in a life.</summary>
internal enum SimAct
{
    Apply,
    BeginStudy,
    Beat,
    OldBeat,
    FileCompletion,
    OpenExam,
    OpenFace,
    TakePhoto,
    RecordFace,
    Answer,
    FileReview,
    WaiveReview,
    FileIdPhoto,
    FileStudyReview,
    Claim,
    Renew,
    Note,
    Release,
    Free,
    Uphold,
    Reject,
    AcceptIdPhoto,
    RefuseIdPhoto,
    Expire,
    LapseClaims,
    Dispatch,
    Publish,
    Import,
}

/// <summary>One act as the invariants see it: the world after it, and what mattered of the world before.</summary>
internal sealed class Sight(World world)
{
    public World W { get; } = world;
    public SimAct Act { get; set; }
    public Reply Reply { get; set; }

    /// <summary>The act was done a second time with the same words: its answer was lost, or two processes run the job.</summary>
    public bool IsRepeat { get; set; }
    public Exception? Error { get; set; }
    public ulong Before { get; set; }
    public ulong After { get; set; }

    public int FilesBefore { get; set; }
    public int StudiedBefore { get; set; }
    public bool SnapshotWasDue { get; set; }
    public TimeSpan Gap { get; set; }
    public bool? ShouldApprove { get; set; }
    public DateTimeOffset? MatchBefore { get; set; }

    /// <summary>For a face outcome: the try, and what stood before it.</summary>
    public FaceTry? Tried { get; set; }
    public RoundFile? TriedIn { get; set; }
    public bool TriedWasDue { get; set; }
    public ulong RecordBefore { get; set; }
    public ExamState? ExamBefore { get; set; }
    public bool WindowWasOpen { get; set; }
    public TimeSpan PausedFor { get; set; }

    /// <summary>For what an officer is asked or answers: the round, the request, and what stood before.</summary>
    public RoundFile? AskedIn { get; private set; }
    public Request? Asked { get; private set; }
    public AttemptFile? AskedAttempt { get; private set; }
    public FaceTry? AskedCheck { get; private set; }
    public RoundState? StateBefore { get; private set; }

    /// <summary>Seconds that counted before the act, and those that the check under review had taken.</summary>
    public int CountedBefore { get; private set; }
    public int Returnable { get; private set; }

    public DateTimeOffset Now => W.Now;

    /// <summary>The last round, which every act concerns; null before the first.</summary>
    public RoundFile? File => W.File;

    public AttemptFile? Attempt => File?.Last;

    /// <summary>The last request to an officer; those before it are decided.</summary>
    public Request? Request => File is { Requests.Count: > 0 } file ? file.Requests[^1] : null;

    /// <summary>The steps of the round that this act added.</summary>
    public IEnumerable<RoundStep> NewSteps =>
        File is { } file && file.Round.Steps.Count > file.Seen.Steps ? file.Round.Steps.Skip(file.Seen.Steps) : [];

    public FaceOutcome? Outcome => Tried?.Outcome;

    /// <summary>Nothing that hangs on an exam has changed since the last look, so what held of it still holds.</summary>
    public bool IsQuietForExams => Act == SimAct.Beat && File is { } file && file.Seen.ExamPrint == file.ExamPrint;

    /// <summary>Takes down the world before an act.</summary>
    public void Prepare(ulong before)
    {
        (Reply, Error, IsRepeat, Tried, TriedIn, ShouldApprove) = (Reply.Done, null, false, null, null, null);
        (AskedIn, Asked, AskedAttempt, AskedCheck, StateBefore) = (null, null, null, null, null);
        Before = before;
        FilesBefore = W.Files.Count;
        StudiedBefore = File?.Round.StudiedSeconds ?? 0;
        SnapshotWasDue = File?.Round.SnapshotIsDue ?? false;
        MatchBefore = W.LastMatchAt;
    }

    public void LookAt(RoundFile file, Request? request)
    {
        LookAt(file);
        Asked = request;
        CountedBefore = file.Counted();
        Returnable = 0;
        foreach (var (check, seconds) in file.Voided.Values)
        {
            var counts = request?.Check == check && seconds >= file.Book.SmallestStretch;
            Returnable += counts ? seconds : 0;
        }
    }

    public void LookAt(RoundFile file, AttemptFile attempt)
    {
        LookAt(file);
        AskedAttempt = attempt;
    }

    public void LookAt(RoundFile file, FaceTry check)
    {
        LookAt(file);
        AskedCheck = check;
    }

    private void LookAt(RoundFile file) => (AskedIn, StateBefore) = (file, file.Round.State);

    /// <summary>Counts the terms of windows that began with this act, before the invariants compare them.</summary>
    public void Look()
    {
        if (File is not { } file)
        {
            return;
        }
        while (file.Terms.Count < file.Round.Deadlines.Count)
        {
            var deadline = file.Round.Deadlines[file.Terms.Count];
            file.Terms.Add(file.Book.Term(deadline.Kind, Now, W.Published));
        }
    }

    /// <summary>Remembers what the next look compares with.</summary>
    public void Remember()
    {
        if (File is not { } file)
        {
            return;
        }
        file.Seen.Steps = file.Round.Steps.Count;
        file.Seen.Version = file.Round.Version;
        file.Seen.Deadlines = file.Round.Deadlines.Count;
        file.Seen.RoundPrint = file.RoundPrint;
        file.Seen.ExamPrint = file.ExamPrint;
        if (Request is { } request)
        {
            request.SeenSteps = request.Case.Steps.Count;
            request.Frozen ??= request.Case.IsOpen ? null : new Fingerprint().Add(request.Case).Value;
        }
        if (!file.Round.IsOpen)
        {
            file.Frozen ??= file.Record();
        }
        if (file.Last is not { } last)
        {
            return;
        }
        // One that was not accepted may still be taken back by a review (N-n5).
        var mayChange = file.Round.State is RoundState.Invalid or RoundState.UnderReview;
        if (
            last.Exam.State is ExamState.Failed or ExamState.Passed or ExamState.Annulled
            || last.Exam.State == ExamState.NotAccepted && !mayChange
        )
        {
            last.Frozen ??= new Fingerprint().Add(last.Exam).Value;
        }
    }
}
