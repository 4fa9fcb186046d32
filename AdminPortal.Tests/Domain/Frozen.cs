using System.Globalization;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace AdminPortal.Tests.Domain;

/// <summary>The fixed world of the domain tests: a calendar, schemes, people and instants that never change.</summary>
internal static class Frozen
{
    private sealed record Notice(DateOnly From, DateOnly To, string Name, bool Working);

    private sealed record Notices(IReadOnlyList<int> Years, IReadOnlyList<Notice> Examples);

    private static readonly Notices Published = ExampleFile.Head<Notices>("Time/notices.json");

    /// <summary>Every day of the frozen notices.</summary>
    public static IReadOnlyList<CalendarDay> NoticeDays { get; } =
    [
        .. Published.Examples.SelectMany(notice =>
            Enumerable
                .Range(0, notice.To.DayNumber - notice.From.DayNumber + 1)
                .Select(i => new CalendarDay(notice.From.AddDays(i), notice.Name, notice.Working))
        ),
    ];

    /// <summary>The notices of 2020 to 2022 and 2024 to 2026; 2023 and 2027 are unknown.</summary>
    public static WorkingCalendar Calendar { get; } = new(NoticeDays, Published.Years);

    public static IReadOnlyList<int> Years => Published.Years;

    public static Scheme S0 { get; } = SchemeCatalogue.Shipped.Get("S0", Day("2020-03-01"));
    public static Scheme S1 { get; } = SchemeCatalogue.Shipped.Get("S1", Day("2021-09-10"));
    public static Scheme N { get; } = SchemeCatalogue.Shipped.Get("N", Day("2022-04-01"));

    public static Scheme SchemeOf(string id) =>
        id switch
        {
            "S0" => S0,
            "S1" => S1,
            "N" => N,
            _ => throw new ArgumentException(id),
        };

    public static readonly Guid DriverId = Guid.Parse("d0000000-0000-0000-0000-000000000001");
    public static readonly Guid RoundId = Guid.Parse("a0000000-0000-0000-0000-000000000001");
    public static readonly Guid AttemptId = Guid.Parse("e0000000-0000-0000-0000-000000000001");
    public static readonly Guid CaseId = Guid.Parse("c0000000-0000-0000-0000-000000000001");

    public static readonly Actor Driver = Actor.Driver(DriverId);
    public static readonly Actor Li = Officer(1, "100001", Role.Reviewer);
    public static readonly Actor Wang = Officer(2, "100002", Role.Reviewer);
    public static readonly Actor Chief = Officer(3, "100003", Role.Supervisor);
    public static readonly Actor Auditor = Officer(4, "100004", Role.Auditor);

    public static Actor Officer(int number, string badge, params Role[] roles) =>
        new(ActorKind.Staff, new Guid(number, 0, 0, new byte[8]), badge, roles, ["渝A"], [(byte)number, 7, 7]);

    /// <summary>A civil date, yyyy-MM-dd.</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant by the clock of China, such as 2026-03-04 10:00 or 2026-03-04 10:00:00.250.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset
            .ParseExact(
                text + " +08:00",
                ["yyyy-MM-dd HH:mm zzz", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss.fff zzz"],
                CultureInfo.InvariantCulture
            )
            .ToUniversalTime();

    /// <summary>A record without any ground against a reduction: licensed 15 June 2015, four points.</summary>
    public static DriverRecord Spotless { get; } =
        new()
        {
            Authority = "渝A",
            LicenceClasses = "C1",
            LicenceStatus = "A",
            FirstLicensedOn = Day("2015-06-15"),
            IsInternational = false,
            Points = 4,
            PointsReduced = 0,
            FullMarkEducations = [],
            Offences = [],
            Frauds = [],
            VehiclesOverdue = [],
            ViolationsUnhandled = 0,
            BlacklistedUntil = null,
            HasOpenRound = false,
            AuthorityIsOpen = true,
            AsOf = At("2026-03-04 06:00"),
        };

    /// <summary>A cycle that ends on 15 June 2026.</summary>
    public static PointsCycle Cycle { get; } = new(Day("2025-06-15"), Day("2026-06-15"));

    /// <summary>Random by a fixed seed.</summary>
    public static Func<int, int> Below(int seed) => new Random(seed).Next;

    /// <summary>Always the smallest number.</summary>
    public static int Lowest(int n) => n > 0 ? 0 : throw new ArgumentOutOfRangeException(nameof(n));

    /// <summary>Always the largest number.</summary>
    public static int Highest(int n) => n > 0 ? n - 1 : throw new ArgumentOutOfRangeException(nameof(n));

    public static Round OpenRound(Scheme scheme, DateTimeOffset now, PointsCycle? cycle = null) =>
        Round.Open(RoundId, DriverId, "渝A", scheme, cycle ?? Cycle, Calendar, now, Lowest);

    /// <summary>A question whose first option (of four, or of two) is right; the first two of a multiple choice.</summary>
    public static QuestionVersion Question(QuestionType type = QuestionType.Single, int number = 1) =>
        new()
        {
            Id = new Guid(number, 1, 1, new byte[8]),
            QuestionId = $"q-{number:000}",
            Number = 1,
            State = QuestionState.Published,
            Type = type,
            Category = "points",
            Article = "第八条",
            Text = new BilingualText("题目", "Question"),
            Options =
            [
                .. Enumerable
                    .Range(1, type == QuestionType.TrueFalse ? 2 : 4)
                    .Select(i => new BilingualText($"选项{i}", $"Option {i}")),
            ],
            Key = type == QuestionType.Multiple ? [0, 1] : [0],
        };

    public static ExamItem Item(int ordinal, params int[] order) =>
        new()
        {
            AttemptId = AttemptId,
            Ordinal = ordinal,
            VersionId = new Guid(ordinal, 1, 1, new byte[8]),
            OptionOrder = order.Length > 0 ? order : [0, 1, 2, 3],
        };
}

internal static class Outcomes
{
    /// <summary>The value of an outcome that must be done.</summary>
    public static T Value<T>(this Outcome<T> outcome) => Assert.IsType<Outcome<T>.Done>(outcome).Value;

    /// <summary>The reason of an outcome that must be refused.</summary>
    public static Refusal Reason<T>(this Outcome<T> outcome) => Assert.IsType<Outcome<T>.Refused>(outcome).Refusal;

    public static bool IsDone<T>(this Outcome<T> outcome) => outcome is Outcome<T>.Done;
}

/// <summary>Properties with a fixed seed: a failure prints the value and comes back at every run.</summary>
internal static class Property
{
    private const ulong Seed = 20260304;
    private const ulong Gamma = 20220401;

    public static Gen<(T1, T2, T3)> Three<T1, T2, T3>(Gen<T1> first, Gen<T2> second, Gen<T3> third) =>
        from a in first
        from b in second
        from c in third
        select (a, b, c);

    public static void Holds<T>(Gen<T> gen, Action<T> property, int tests = 300) =>
        Check.One(
            Config
                .QuickThrowOnFailure.WithMaxTest(tests)
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None))),
            Prop.ForAll(gen.ToArbitrary(), property)
        );
}
