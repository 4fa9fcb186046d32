using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Checks;

namespace AdminPortal.Tests.Simulation;

/// <summary>What must hold after every act of every life.</summary>
/// <param name="Name">Named in a failure.</param>
/// <param name="Rule">The rule of the rulebook (or decision, D-…) it stands for.</param>
/// <param name="Check">Null when it holds, else what was found.</param>
internal sealed record Invariant(string Name, string Rule, Func<Sight, string?> Check)
{
    /// <summary>It depends on nothing but exams, cases and reductions.</summary>
    public bool IsOfExams { get; } =
        Check.Method.DeclaringType == typeof(ExamChecks) || Check.Method.DeclaringType == typeof(CaseChecks);
}

/// <summary>The table of all invariants. They judge by the simulator's own copy of the rules, never by the domain's.</summary>
internal static class Invariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("no act crashes", "N-33", ActChecks.Crashes),
        new("a refused act changes nothing", "N-33", ActChecks.RefusalChangesNothing),
        new("an act or a job done twice is done once", "D-HEARTBEAT", ActChecks.RepeatChangesNothing),
        new("an application is decided by its grounds", "S1-22", PointsChecks.DecidedByTheGrounds),
        new("every ground is shown", "S1-22", PointsChecks.EveryGroundIsShown),
        new("one round of a driver is open", "S1-21", RoundChecks.OneOpen),
        new("a round moves by the table", "S1-29", RoundChecks.MovesInTable),
        new("steps follow each other", "S0-10", RoundChecks.Chain),
        new("time goes forward", "S0-10", RoundChecks.TimeGoesForward),
        new("every step names its rule", "N-33", RoundChecks.StepHasRule),
        new("every step names who may do it", "N-33", RoundChecks.StepHasItsActor),
        new("a change raises the version", "S1-29", RoundChecks.VersionRises),
        new("a void round has a reason", "S1-25", RoundChecks.VoidHasReason),
        new("the reason of a void round is true", "N-n6", RoundChecks.VoidReasonIsTrue),
        new("a round that ended never changes", "S0-20", RoundChecks.EndStaysEnd),
        new("a round keeps its scheme", "S1-01/02", RoundChecks.SchemeIsKept),
        new("the cycle is twelve months from the first licence", "N-03", RoundChecks.CycleIsRight),
        new("nothing begins or counts after the cycle", "N-n6", RoundChecks.NothingAfterCycle),
        new("a cycle does not end early", "N-03", RoundChecks.CycleEndsNotEarly),
        new("three exams at most", "S1-31", RoundChecks.AttemptsAreLimited),
        new("no exam without 30 counted minutes", "S0-12", RoundChecks.StudyBeforeExam),
        new("only S0 files the completion by itself", "S0-13", RoundChecks.FilesItselfWhereItMay),
        new("round and exam agree", "S1-28", RoundChecks.AgreesWithExam),
        new("the study window ends as counted", "S1-23", DeadlineChecks.Term(DeadlineKind.Study)),
        new("the exam window ends as counted", "S1-28", DeadlineChecks.Term(DeadlineKind.Exam)),
        new("the resit window ends as counted", "S0-19", DeadlineChecks.Term(DeadlineKind.Resit)),
        new("the verification window ends as counted", "S1-36", DeadlineChecks.Term(DeadlineKind.Verification)),
        new("the filing window ends as counted", "S1-37", DeadlineChecks.Term(DeadlineKind.ReviewFiling)),
        new("one window runs, the one of the state", "S1-28", DeadlineChecks.OneRuns),
        new("a window begins with its event", "S1-23", DeadlineChecks.BeginsWithTheEvent),
        new("no window ends early", "S1-25", DeadlineChecks.NothingEndsEarly),
        new("an awaited date decides nothing", "S1-38", DeadlineChecks.AwaitedDateDecidesNothing),
        new("nothing is done after its window", "S0-14", DeadlineChecks.NothingIsDoneLate),
        new("the job leaves nothing that is due", "N-n6", DeadlineChecks.JobLeavesNothing),
        new("minutes credited are minutes elapsed", "D-HEARTBEAT", StudyChecks.NotMoreThanElapsed),
        new("a stretch is not longer than itself", "D-HEARTBEAT", StudyChecks.StretchNotLongerThanItself),
        new("study is credited inside its window only", "S1-23", StudyChecks.InsideTheWindow),
        new("stretches do not overlap", "S0-09", StudyChecks.StretchesDoNotOverlap),
        new("only stretches of the smallest length count", "N-n1", StudyChecks.OnlyLongStretchesCount),
        new("what was voided stays voided, what was proved stays", "S0-11", StudyChecks.VoidedStaysVoided),
        new("an old ticket credits nothing", "D-HEARTBEAT", StudyChecks.OldTicketCreditsNothing),
        new("a beat credits its gap at most", "D-HEARTBEAT", StudyChecks.BeatCreditsItsGap),
        new("no second of study is lost", "S0-12", StudyChecks.NoSecondIsLost),
        new("nothing is credited while a face check is due", "S1-32", StudyChecks.NothingWhileCheckIsDue),
        new("no study without a verification", "S1-26", StudyChecks.VerifiedBeforeStudy),
        new("one snapshot per started 15 minutes", "D-SNAPSHOT", StudyChecks.OneSnapshotPerBlock),
        new("an outage burns no try", "S1-35", FaceChecks.UnavailableBurnsNothing),
        new("failures in a row are counted by the scheme", "S1-35", FaceChecks.SeriesIsCounted),
        new("a face check settles at its limit", "S0-16", FaceChecks.SettlesAtTheLimit),
        new("an exam opens with a face", "S1-32", FaceChecks.ExamOpensWithFace),
        new("an exam has its random face check", "S0-16", FaceChecks.ExamHasItsRandomCheck),
        new("a reduction needs the closing face or a review", "S1-36", FaceChecks.ReductionNeedsClosingFace),
        new("a paper has 8, 8 and 4 different questions", "S1-30", ExamChecks.PaperHasItsMix),
        new("one answer per question, twenty questions", "S1-30", ExamChecks.OneAnswerPerQuestion),
        new("an answer after 60 seconds is late and wrong", "N-n2", ExamChecks.LateIsLate),
        new("an answer is judged by the key", "N-n3", ExamChecks.JudgedByTheKey),
        new("the third wrong answer ends the exam, in S0 the last question", "N-n2", ExamChecks.EndsAtTheThirdWrong),
        new("18 of 20 pass", "D-PASSMARK", ExamChecks.PassesAtTheMark),
        new("time of a face check is free", "S1-34", ExamChecks.FaceTimeIsFree),
        new("no answer after the exam's limit", "D-EXAM-LIMIT", ExamChecks.NothingAfterTheLimit),
        new("a face check of the exam has the exam's limit", "D-EXAM-LIMIT", ExamChecks.PauseHasItsLimit),
        new("the job closes an exam at its limit", "D-EXAM-LIMIT", ExamChecks.JobClosesAtTheLimit),
        new("an exam that ended never changes", "S0-17", ExamChecks.EndStaysEnd),
        new("an invalid result counts by an upheld review only", "S1-38", ExamChecks.InvalidNeedsReviewToCount),
        new("one exam is under way", "S1-29", ExamChecks.OneUnderWay),
        new("exams are numbered as used", "S1-31", ExamChecks.Numbered),
        new("one review per invalid result", "S1-37", CaseChecks.OnceAndOnlyWhenInvalid),
        new("a review is filed within 24 hours", "S1-37", CaseChecks.FiledWithinADay),
        new("a review is due in three working days", "S1-38", CaseChecks.DueAsCounted),
        new("a case moves by the table", "N-33", CaseChecks.Chain),
        new("a case has one holder, under a lease", "D-LEASE", CaseChecks.OneHolder),
        new("only who may works a case", "N-33", CaseChecks.OnlyWhoMay),
        new("nobody works their own case", "N-33", CaseChecks.NobodysOwnCase),
        new("a case is decided once, with a reason", "N-33", CaseChecks.DecidedOnceWithReason),
        new("a decided case never changes", "S1-38", CaseChecks.DecisionStays),
        new("a decision has its effect", "S1-38", CaseChecks.DecisionHasItsEffect),
        new("six points per cycle over all routes", "N-25", PointsChecks.CapPerCycle),
        new("no reduction without a counting result", "S1-13", PointsChecks.ReductionNeedsResult),
        new("one reduction per round", "S1-29", PointsChecks.OneReductionPerRound),
        new("a round takes one point off", "S1-05", PointsChecks.OnePointPerRound),
        new("points are never negative", "N-16", PointsChecks.NeverNegative),
        new("the end of a round tells what the police did", "S0-18", PointsChecks.EndTellsTheTruth),
    ];
}
