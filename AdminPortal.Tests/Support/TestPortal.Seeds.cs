using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Reviews;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// Many rounds and cases at once: made by the domain and stored without the acts in between, for tests that need a crowd.
public sealed partial class TestPortal
{
    private static readonly Scheme S1 = SchemeCatalogue.Shipped.Find("S1", new DateOnly(2026, 1, 1))!;

    /// <summary>Cases that wait for an officer, one per new driver.</summary>
    /// <param name="every">The time between two filings; the clock ends at the last one.</param>
    public async Task<IReadOnlyList<Guid>> SeedCasesAsync(int count, string authority = "渝A", TimeSpan? every = null)
    {
        var drivers = await ImportDriversAsync(count, authority);
        await using var db = Db();
        var versions = await db
            .QuestionVersions.AsNoTracking()
            .OrderBy(q => q.Id)
            .Take(S1.Paper.Value.Total)
            .ToListAsync();
        var cases = new List<Guid>();
        foreach (var driver in drivers)
        {
            Clock.Advance(every ?? TimeSpan.FromMinutes(1));
            var (round, attempt, items, answers) = Examined(driver, versions);
            attempt.Invalidate(Clock.Now);
            round.FailVerification(S1, WorkingCalendar.Shipped, ActorKind.Driver, Clock.Now);
            var opened = Review.Open(
                Guid.CreateVersion7(Clock.Now),
                round,
                attempt,
                Reason,
                S1,
                WorkingCalendar.Shipped,
                Actor.Driver(driver.Id),
                Clock.Now
            );
            var (review, @case) = ((Outcome<(Review, Case)>.Done)opened).Value;
            db.AddRange(round, attempt, review, @case);
            db.AddRange(items);
            db.AddRange(answers);
            cases.Add(@case.Id);
        }
        await db.SaveChangesAsync();
        return cases;
    }

    /// <summary>Rounds whose reduction is reserved and not sent yet, one per new driver.</summary>
    public async Task<IReadOnlyList<Guid>> SeedReductionsAsync(int count)
    {
        var drivers = await ImportDriversAsync(count);
        await using var db = Db();
        var versions = await db
            .QuestionVersions.AsNoTracking()
            .OrderBy(q => q.Id)
            .Take(S1.Paper.Value.Total)
            .ToListAsync();
        var rounds = new List<Guid>();
        foreach (var driver in drivers)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            // The exam itself is left out: nothing asks for it any more.
            var (round, _, _, _) = Examined(driver, versions);
            Assert.True(round.PassVerification(S1, WorkingCalendar.Shipped, Clock.Now));
            db.AddRange(round, Reservation(round, 1));
            rounds.Add(round.Id);
        }
        await db.SaveChangesAsync();
        return rounds;
    }

    /// <summary>A reserved slot of a round's cycle.</summary>
    public ReductionRow Reservation(Round round, int slot) =>
        new()
        {
            Id = round.Id,
            RoundId = round.Id,
            DriverId = round.DriverId,
            CycleStart = round.CycleStart,
            Slot = slot,
            Points = 1,
            State = ReductionState.Waiting,
            ReservedAt = Clock.Now,
            NextAt = Clock.Now,
        };

    /// <summary>A round that has just been approved.</summary>
    public Round NewRound(TestDriver driver, Scheme? scheme = null) =>
        Round.Open(
            Guid.NewGuid(),
            driver.Id,
            driver.Authority,
            scheme ?? S1,
            PointsCycle.At(ChinaTime.DateOf(Clock.Now).AddYears(-6).AddDays(-100), ChinaTime.DateOf(Clock.Now)),
            WorkingCalendar.Shipped,
            Clock.Now,
            n => n / 2
        );

    /// <summary>A round whose exam is passed and whose closing verification is due.</summary>
    public (
        Round Round,
        ExamAttempt Attempt,
        IReadOnlyList<ExamItem> Items,
        IReadOnlyList<ExamAnswer> Answers
    ) Examined(TestDriver driver, IReadOnlyList<QuestionVersion> versions)
    {
        var (actor, now) = (Actor.Driver(driver.Id), Clock.Now);
        var round = NewRound(driver);
        Assert.IsType<Outcome<Unit>.Done>(round.FileCompletion(1800, S1, WorkingCalendar.Shipped, actor, now));
        Assert.IsType<Outcome<Unit>.Done>(round.StartExam(S1, actor, now));
        var attempt = ExamAttempt.Open(Guid.NewGuid(), round.Id, driver.Id, S1, n => n / 2, now);
        attempt.Start(1, S1, now);
        var (items, answers) = (new List<ExamItem>(), new List<ExamAnswer>());
        for (var ordinal = 1; ordinal <= attempt.QuestionCount; ordinal++)
        {
            if (attempt.State == ExamState.Paused)
            {
                attempt.Resume(S1, now);
            }
            var version = versions[ordinal - 1];
            var item = new ExamItem
            {
                AttemptId = attempt.Id,
                Ordinal = ordinal,
                VersionId = version.Id,
                OptionOrder = [.. Enumerable.Range(0, version.Options.Count)],
            };
            items.Add(item);
            var answer = attempt.Answer(ordinal, [.. version.Key], item, version, S1, now);
            answers.Add(((Outcome<ExamAnswer>.Done)answer).Value);
        }
        round.PassExam(S1, WorkingCalendar.Shipped, now);
        return (round, attempt, items, answers);
    }
}
