using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Data.Applications;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

/// <summary>A driver who is in the database.</summary>
public sealed record TestDriver(Guid Id, TestPerson Person, string Authority)
{
    public ActorRef Ref => new(ActorKind.Driver, Id);
}

// What drivers do: each method is one step of the story, carried out by the product's own acts.
public sealed partial class TestPortal
{
    /// <summary>A reason that no rule objects to.</summary>
    public const string Reason = "考试结束时光线太暗，确实是我本人。";

    private static readonly JsonSerializerOptions Json = new(ExchangeRecord.Json)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private int _people;

    /// <summary>Brings in a driver through the importer, as an authority would; entitled unless the test says otherwise.</summary>
    /// <param name="licensedOn">The first licence; by default 6 years and 100 days ago, so that the cycle ends in 265 days.</param>
    /// <param name="more">Further records about the person.</param>
    public async Task<TestDriver> ImportDriverAsync(
        string authority = "渝A",
        int points = 3,
        string status = "A",
        DateOnly? licensedOn = null,
        int reducedElsewhere = 0,
        bool withPhoto = true,
        Func<string, ExchangeRecord>? more = null
    )
    {
        var person = TestPeople.Number(Interlocked.Increment(ref _people));
        var licensed = licensedOn ?? ChinaTime.DateOf(Clock.Now).AddYears(-6).AddDays(-100);
        ExchangeRecord[] records =
        [
            new PersonRecord(
                person.IdNumber,
                person.Name,
                person.Mobile,
                withPhoto ? $"{person.Face}-reference.jpg" : null
            ),
            new LicenceRecord(person.IdNumber, authority, "C1", status, licensed, points, reducedElsewhere),
            .. more is null ? Array.Empty<ExchangeRecord>() : [more(person.IdNumber)],
        ];
        await ImportAsync([.. Authorities, .. records]);
        return new TestDriver(await IdOfAsync(person), person, authority);
    }

    public async Task<IReadOnlyList<TestDriver>> ImportDriversAsync(int count, string authority = "渝A")
    {
        var people = Enumerable
            .Range(0, count)
            .Select(_ => TestPeople.Number(Interlocked.Increment(ref _people)))
            .ToList();
        var licensed = ChinaTime.DateOf(Clock.Now).AddYears(-6).AddDays(-100);
        await ImportAsync([
            .. Authorities,
            .. people.SelectMany(p =>
                new ExchangeRecord[]
                {
                    new PersonRecord(p.IdNumber, p.Name, p.Mobile),
                    new LicenceRecord(p.IdNumber, authority, "C1", "A", licensed, 3),
                }
            ),
        ]);
        var drivers = new List<TestDriver>();
        foreach (var person in people)
        {
            drivers.Add(new TestDriver(await IdOfAsync(person), person, authority));
        }
        return drivers;
    }

    /// <summary>The issuing authorities the tests know: 渝A and 渝B under S1, 渝F under S0, 鄂A under N.</summary>
    public static IReadOnlyList<ExchangeRecord> Authorities { get; } =
    [
        new AuthorityRecord("渝A", "重庆渝A", "S1", new DateOnly(2021, 9, 10)),
        new AuthorityRecord("渝B", "重庆渝B", "S1", new DateOnly(2021, 9, 10)),
        new AuthorityRecord("渝F", "重庆渝F", "S0", new DateOnly(2020, 3, 1)),
        new AuthorityRecord("鄂A", "武汉鄂A", "N", new DateOnly(2022, 4, 1)),
    ];

    /// <summary>Imports records that must all be good, with the sample photos beside them.</summary>
    public async Task<ImportReport> ImportAsync(IReadOnlyList<ExchangeRecord> records, DateTimeOffset? asOf = null)
    {
        var path = await WriteExchangeAsync([
            JsonSerializer.Serialize<ExchangeRecord>(
                new HeaderRecord(HeaderRecord.KnownFormat, asOf ?? Clock.Now.AddHours(-6), "测试"),
                Json
            ),
            .. records.Select(Line),
        ]);
        var report = await Get<ExchangeImporter>().ImportAsync(path, default);
        Assert.Equal([], report.Faults);
        return report;
    }

    /// <summary>A record as one line of an exchange file.</summary>
    public static string Line(ExchangeRecord record) => JsonSerializer.Serialize(record, Json);

    /// <summary>Writes an exchange file with the sample photos beside it.</summary>
    public async Task<string> WriteExchangeAsync(IEnumerable<string> lines)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "exchange"));
        foreach (var photo in SamplePhotos.All)
        {
            var file = Path.Combine(folder.FullName, $"{photo.Name}.jpg");
            if (!File.Exists(file))
            {
                await File.WriteAllBytesAsync(file, photo.Bytes.ToArray());
            }
        }
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.jsonl");
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }

    private async Task<Guid> IdOfAsync(TestPerson person)
    {
        await using var db = Db();
        var key = TestPostgres.Cipher.IdNumberKey(person.Id());
        return await db.Drivers.Where(d => d.IdNumberKey == key).Select(d => d.Id).SingleAsync();
    }

    /// <summary>An application in order.</summary>
    public static Apply Application(TestDriver driver) =>
        new(Guid.NewGuid(), ServiceNotice.Newest.Version, true, FaceNotice.Newest.Version, true, driver.Person.Mobile);

    /// <summary>Applies; the application must be approved.</summary>
    public async Task ApplyAsync(TestDriver driver)
    {
        var decision = await DoAsync(Application(driver), driver.Ref);
        Assert.True(decision.IsApproved, "The application was not approved.");
    }

    /// <summary>Takes the face check that is due, as the person or as another one.</summary>
    /// <param name="sample">A sample photo; by default the driver's own live face.</param>
    public async Task<FaceVerdict> FaceAsync(TestDriver driver, string? sample = null)
    {
        var challenge = await DoAsync(new OpenFaceChallenge(), driver.Ref);
        var photo = SamplePhotos.Named(sample ?? $"{driver.Person.Face}-live").Bytes;
        var outcome = await Get<FaceCheckService>().SubmitAsync(driver.Ref, challenge.ChallengeId, photo, default);
        return outcome is Outcome<FaceVerdict>.Done { Value: var verdict }
            ? verdict
            : throw new InvalidOperationException($"{((Outcome<FaceVerdict>.Refused)outcome).Refusal.Code}");
    }

    /// <summary>The real-person verification before study (S1-26).</summary>
    public Task VerifyAsync(TestDriver driver) => FaceAsync(driver);

    /// <summary>Studies until so many minutes count, passing every random face check.</summary>
    public async Task StudyAsync(TestDriver driver, int minutes = 30)
    {
        var progress = await DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        while (progress.CreditedSeconds < minutes * 60)
        {
            Clock.Advance(TimeSpan.FromSeconds(45));
            progress = await DoAsync(new TakeBeat(progress.Ticket), driver.Ref);
            if (progress.IsCheckDue)
            {
                await FaceAsync(driver);
                progress = await DoAsync(new BeginStudy(StarterContent.Sections[1].Id), driver.Ref);
            }
        }
    }

    public Task FileCompletionAsync(TestDriver driver) => DoAsync(new FileCompletion(), driver.Ref);

    /// <summary>Goes to the exam and passes the start check: the first question is open.</summary>
    public async Task<Guid> StartExamAsync(TestDriver driver)
    {
        var attempt = await DoAsync(new OpenExam(true), driver.Ref);
        await FaceAsync(driver);
        return attempt;
    }

    /// <summary>Answers until the exam ends: passed (the closing check is due) or failed, by the number of wrong answers.</summary>
    /// <param name="isWrong">By ordinal, where the wrong ones are not the first.</param>
    public async Task<ExamState> AnswerAllAsync(
        TestDriver driver,
        Guid attempt,
        int wrong = 0,
        Func<int, bool>? isWrong = null
    )
    {
        isWrong ??= ordinal => ordinal <= wrong;
        for (var ordinal = 1; ; )
        {
            var (state, open, right) = await OpenQuestionAsync(attempt);
            if (state == ExamState.Paused)
            {
                await FaceAsync(driver);
                continue;
            }
            if (state != ExamState.Running)
            {
                return state;
            }
            ordinal = open;
            Clock.Advance(TimeSpan.FromSeconds(10));
            await DoAsync(new AnswerQuestion(attempt, ordinal, isWrong(ordinal) ? Wrong(right) : right), driver.Ref);
        }
    }

    /// <summary>The exam from its start to its last answer.</summary>
    public async Task<Guid> PassExamAsync(TestDriver driver, int wrong = 2)
    {
        var attempt = await StartExamAsync(driver);
        Assert.Equal(ExamState.Closing, await AnswerAllAsync(driver, attempt, wrong));
        return attempt;
    }

    /// <summary>The closing verification fails three times: passed, but not valid (S1-36).</summary>
    public async Task FailClosingCheckAsync(TestDriver driver)
    {
        var verdicts = new List<FaceVerdict>();
        for (var i = 0; i < 3; i++)
        {
            verdicts.Add(await FaceAsync(driver, "no-face"));
        }
        Assert.True(verdicts[^1].State == FaceSeriesState.Failed, string.Join('\n', verdicts));
    }

    public Task<Guid> FileReviewAsync(TestDriver driver, Guid attempt, string reason = Reason) =>
        DoAsync(new FileReview(attempt, reason), driver.Ref);

    /// <summary>The state, the open question and the positions of its right options.</summary>
    public async Task<(ExamState State, int Ordinal, IReadOnlyList<int> Right)> OpenQuestionAsync(Guid attemptId)
    {
        await using var db = Db();
        var attempt = await db.ExamAttempts.AsNoTracking().SingleAsync(a => a.Id == attemptId);
        var open = await (
            from item in db.ExamItems
            join version in db.QuestionVersions on item.VersionId equals version.Id
            where item.AttemptId == attemptId && item.Ordinal == Math.Max(attempt.Ordinal, 1)
            select new { item.OptionOrder, version.Key }
        ).SingleAsync();
        var order = open.OptionOrder.ToList();
        return (attempt.State, attempt.Ordinal, [.. open.Key.Select(index => order.IndexOf(index))]);
    }

    /// <summary>One position that is not the whole answer.</summary>
    public static IReadOnlyList<int> Wrong(IReadOnlyList<int> right) => [right is [0] ? 1 : 0];

    /// <summary>Applied and verified: may study.</summary>
    public async Task<TestDriver> DriverInStudyAsync(string authority = "渝A", DateOnly? licensedOn = null)
    {
        var driver = await ImportDriverAsync(authority, licensedOn: licensedOn);
        await ApplyAsync(driver);
        await VerifyAsync(driver);
        return driver;
    }

    /// <summary>Studied and filed: may sit the exam.</summary>
    public async Task<TestDriver> DriverBeforeExamAsync(string authority = "渝A", DateOnly? licensedOn = null)
    {
        var driver = await DriverInStudyAsync(authority, licensedOn);
        await StudyAsync(driver);
        await FileCompletionAsync(driver);
        return driver;
    }

    /// <summary>Passed, but not valid: may file a review.</summary>
    public async Task<(TestDriver Driver, Guid Attempt)> DriverWithInvalidResultAsync(
        string authority = "渝A",
        DateOnly? licensedOn = null
    )
    {
        var driver = await DriverBeforeExamAsync(authority, licensedOn);
        var attempt = await PassExamAsync(driver);
        await FailClosingCheckAsync(driver);
        return (driver, attempt);
    }

    /// <summary>Verified, then let the study window pass: photos of a round that nothing needs any more.</summary>
    public async Task<TestDriver> DriverWithPhotosOfEndedRoundAsync()
    {
        var driver = await DriverInStudyAsync();
        Clock.Advance(TimeSpan.FromDays(5));
        await DoAsync(new ExpireRounds(), ActorRef.System);
        return driver;
    }

    /// <summary>The driver's last round with steps and deadlines.</summary>
    public async Task<Round> RoundOfAsync(TestDriver driver)
    {
        await using var db = Db();
        return await db
            .Rounds.AsNoTracking()
            .Where(r => r.DriverId == driver.Id)
            .OrderByDescending(r => r.OpenedAt)
            .FirstAsync();
    }

    /// <summary>The templates of the messages written to a driver, oldest first.</summary>
    public Task<IReadOnlyList<string>> MessagesToAsync(TestDriver driver) =>
        ColumnAsync<string>("SELECT template FROM messages WHERE driver_id = $1 ORDER BY written_at, id", driver.Id);
}
