using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>
/// The rulebook's table of differences and of moves, written down a second time from the rules themselves: the simulator
/// never asks the scheme files what is right.
/// </summary>
internal sealed record Book
{
    public required string Scheme { get; init; }

    /// <summary>Seconds that a stretch must last to count (N-n1).</summary>
    public int SmallestStretch { get; init; }

    /// <summary>Failures in a row that end a face check (S0-11, S1-35).</summary>
    public int FaceTries { get; init; } = 3;

    /// <summary>The wrong answer that ends the paper (N-n2); none in S0.</summary>
    public int? WrongEnds { get; init; } = 3;

    /// <summary>A face check opens and closes the exam, and a result may be reviewed (S1-32, S1-36, S1-37).</summary>
    public bool HasEndChecks { get; init; } = true;

    /// <summary>The completion is filed by itself when the study window ends (S0-13).</summary>
    public bool FilesItself { get; init; }

    /// <summary>Failed verifications lead to a photo with the identity card (S1-27).</summary>
    public bool HasIdPhoto => Scheme != "S0";

    /// <summary>A study or an exam that was not accepted may be reviewed (N-n5).</summary>
    public bool ReviewsNotAccepted => Scheme == "N";

    public const int IdPhotos = 3;
    public static readonly TimeSpan Verified = TimeSpan.FromHours(24);
    public const int StudySeconds = 30 * 60;
    public const int Questions = 20;
    public const int PassMark = 18;
    public const int Attempts = 3;
    public const int CapPerCycle = 6;
    public static readonly TimeSpan PerQuestion = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan ExamLimit = TimeSpan.FromMinutes(40);
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(45);
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    public static Book Of(string scheme) =>
        scheme switch
        {
            "S0" => S0,
            "S1" => S1,
            "N" => N,
            _ => throw new ArgumentException(scheme),
        };

    private static readonly Book S0 = new()
    {
        Scheme = "S0",
        FaceTries = 1,
        WrongEnds = null,
        HasEndChecks = false,
        FilesItself = true,
    };
    private static readonly Book S1 = new() { Scheme = "S1" };
    private static readonly Book N = new() { Scheme = "N", SmallestStretch = 5 * 60 };

    /// <summary>The term of a window, by the rulebook.</summary>
    public LastMoment Term(DeadlineKind kind, DateTimeOffset from, IReadOnlySet<int> published) =>
        kind switch
        {
            DeadlineKind.Study => Scheme switch
            {
                "S0" => NaiveCalendar.NaturalDays(from, 2),
                "S1" => NaiveCalendar.NaturalDays(from, 3),
                _ => NaiveCalendar.NaturalDaysRolled(from, 3, published),
            },
            DeadlineKind.Exam => NaiveCalendar.WorkingDays(from, 7, published),
            DeadlineKind.Resit or DeadlineKind.Verification or DeadlineKind.ReviewFiling => NaiveCalendar.Hours(
                from,
                24
            ),
        };

    /// <summary>A term that becomes known with a notice leaves at least the day after the notice (D-LATE-NOTICE).</summary>
    public static LastMoment NoticeAt(LastMoment term, DateTimeOffset notice)
    {
        var tomorrow = NaiveCalendar.NaturalDays(notice, 1);
        return term.At < tomorrow.At ? tomorrow : term;
    }

    /// <summary>Three working days for a review or a photo with the identity card (S1-38, N-n5, N-n7).</summary>
    public static LastMoment ReviewTerm(DateTimeOffset from, IReadOnlySet<int> published) =>
        NaiveCalendar.WorkingDays(from, 3, published);

    public static readonly IReadOnlySet<(RoundState?, RoundAct, RoundState)> Moves = ReadMoves(
        """
        - Open Studying
        Studying FileCompletion ExamOpen
        Studying RunOut Void
        Studying EndCycle Void
        Studying FileIdPhoto IdPhotoCheck
        IdPhotoCheck AcceptIdPhoto Studying
        IdPhotoCheck RefuseIdPhoto Studying
        IdPhotoCheck EndCycle Void
        Studying FileStudyReview StudyUnderReview
        StudyUnderReview UpholdStudyReview Studying
        StudyUnderReview RejectStudyReview Studying
        StudyUnderReview EndCycle Void
        ExamOpen StartExam Examining
        ExamOpen RunOut Void
        ExamOpen EndCycle Void
        Examining PassExam Verifying
        Examining PassWithoutVerification Reducing
        Examining LoseAttempt ResitOpen
        Examining LoseLastAttempt Void
        Examining NotAcceptExam Invalid
        Examining EndCycle Void
        ResitOpen StartExam Examining
        ResitOpen RunOut Void
        ResitOpen EndCycle Void
        Verifying PassVerification Reducing
        Verifying FailVerification Invalid
        Verifying EndCycle Void
        Invalid FileReview UnderReview
        Invalid LoseAttempt ResitOpen
        Invalid LoseLastAttempt Void
        Invalid EndCycle Void
        UnderReview UpholdReview Reducing
        UnderReview RestoreExam ExamOpen
        UnderReview RestoreResit ResitOpen
        UnderReview RejectReview ResitOpen
        UnderReview RejectReviewFinally Void
        UnderReview EndCycle Void
        Reducing ConfirmReduction Reduced
        Reducing RefuseReduction Void
        """
    );

    public static readonly IReadOnlySet<(CaseState?, CaseAct, CaseState)> CaseMoves = new HashSet<(
        CaseState?,
        CaseAct,
        CaseState
    )>
    {
        (null, CaseAct.Open, CaseState.Waiting),
        (CaseState.Waiting, CaseAct.Claim, CaseState.Claimed),
        (CaseState.Claimed, CaseAct.Renew, CaseState.Claimed),
        (CaseState.Claimed, CaseAct.Note, CaseState.Claimed),
        (CaseState.Claimed, CaseAct.Release, CaseState.Waiting),
        (CaseState.Claimed, CaseAct.Free, CaseState.Waiting),
        (CaseState.Claimed, CaseAct.Lapse, CaseState.Waiting),
        (CaseState.Claimed, CaseAct.Uphold, CaseState.Upheld),
        (CaseState.Claimed, CaseAct.Reject, CaseState.Rejected),
    };

    private static HashSet<(RoundState?, RoundAct, RoundState)> ReadMoves(string table) =>
        [
            .. table
                .Split('\n')
                .Select(line => line.Split(' '))
                .Select(words =>
                    (
                        words[0] == "-" ? (RoundState?)null : Enum.Parse<RoundState>(words[0]),
                        Enum.Parse<RoundAct>(words[1]),
                        Enum.Parse<RoundState>(words[2])
                    )
                ),
        ];
}
