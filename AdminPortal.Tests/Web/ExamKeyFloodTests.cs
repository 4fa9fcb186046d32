using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AdminPortal.Tests.Web;

/// <summary>
/// Four hundred exams: no byte that a browser gets with a question, or after an answer, depends on the key
/// (<see cref="KeyWatch"/>). Every page comes from the real server over HTTP. Papers are drawn by the product's draw; between
/// the questions of most exams the attempt is moved on in the database, the others are answered as drivers do.
/// </summary>
public sealed class ExamKeyFloodTests(SharedServer shared, ITestOutputHelper output) : IClassFixture<SharedServer>
{
    private const int Exams = 400;
    private const int Sitters = 8;

    /// <summary>Every so many rounds of exams are answered question by question.</summary>
    private const int AnsweredEvery = 25;

    private PortalServer Server => shared.Server;

    [Fact]
    [Trait("Rule", "S1-30")]
    public async Task No_byte_of_four_hundred_exams_depends_on_the_key()
    {
        var clock = Stopwatch.StartNew();
        var hall = await Hall.OpenAsync(Server, Sitters);
        var watch = NewWatch();
        var answered = 0;
        for (var exam = 0; exam < Exams / Sitters; exam++)
        {
            await hall.DrawAsync();
            if (exam % AnsweredEvery == 0)
            {
                answered += await hall.AnswerAsync(watch);
                continue;
            }
            for (var ordinal = 1; ordinal <= 20; ordinal++)
            {
                foreach (var put in await hall.PutAsync(ordinal))
                {
                    watch.Look(put);
                }
            }
        }
        output.WriteLine(
            $"{Exams} exams, {watch.Pages} answers of the server, {answered} after an answer, {watch.Kinds} kinds, "
                + $"{watch.Characters} characters in {clock.Elapsed.TotalSeconds:0.0} s"
        );
        Assert.True(watch.Pages >= Exams * 19);
        Assert.True(watch.Pictures >= 50);
        Assert.True(answered >= 280);
        watch.AssertOrderTellsNothing();
    }

    [Fact]
    public async Task A_key_planted_in_any_way_is_found()
    {
        var hall = await Hall.OpenAsync(Server, 4);
        var puts = new List<PutQuestion>();
        for (var exam = 0; exam < 4; exam++)
        {
            await hall.DrawAsync();
            for (var ordinal = 1; ordinal <= 20; ordinal++)
            {
                puts.AddRange(await hall.PutAsync(ordinal));
            }
        }
        puts.ForEach(NewWatch().Look);
        foreach (var (leak, plant) in Leaks)
        {
            var watch = NewWatch();
            var found = Record.Exception(() => puts.ForEach(put => watch.Look(put with { Page = plant(put) })));
            Assert.True(found is XunitException, $"Not found: {leak}.");
        }
        // What is right always first, as a bank may have it: no byte too many, and yet the key.
        var orderly = new KeyWatch(HtmlEncoder.Default);
        Assert.Throws<XunitException>(() =>
        {
            foreach (var put in puts)
            {
                orderly.Look(RightFirst(put));
            }
            orderly.AssertOrderTellsNothing();
        });
    }

    /// <summary>Faults as a careless page could have them; the places are those on the page, the key is the bank's.</summary>
    private static readonly IReadOnlyList<(string Name, Func<PutQuestion, Visit> Plant)> Leaks =
    [
        ("json", put => Append(put, Json(put))),
        ("base64", put => Append(put, Convert.ToBase64String(Encoding.UTF8.GetBytes(Json(put))))),
        ("hex", put => Append(put, Convert.ToHexString(Encoding.UTF8.GetBytes(Json(put))))),
        ("url", put => Append(put, UrlEncoder.Default.Encode(Json(put)))),
        ("reversed", put => Append(put, string.Concat(Json(put).Reverse()))),
        ("letters", put => Append(put, string.Concat(Places(put).Select(p => (char)('A' + p))))),
        ("bits", put => Append(put, $"<i data-n=\"{Places(put).Sum(p => 1 << p) ^ 0x2A}\"></i>")),
        ("hash", put => Append(put, $"<!-- {Json(put).Sum(c => c * 31) % 97} -->")),
        ("length", put => Append(put, new string(' ', 1 + Places(put).Sum()))),
        ("id of an option", put => AtRight(put, "id=\"choice-", "id=\"option-")),
        ("order of attributes", put => AtRight(put, "name=\"choice\" ", "")),
        ("space behind an option", put => AtRight(put, "</span>", " </span>", last: true)),
        (
            "class of an option",
            put => AtRight(put, "<label class=\"option\">", "<label class=\"option r\">", before: true)
        ),
        ("header", WithHeader),
    ];

    private static string Json(PutQuestion put) => JsonSerializer.Serialize(put.Version.Key);

    private static IReadOnlyList<int> Places(PutQuestion put) =>
        [.. put.Version.Key.Select(index => put.Order.ToList().IndexOf(index))];

    private static Visit Append(PutQuestion put, string text) => put.Page with { Body = put.Page.Body + text };

    // Changes something at the first right option.
    private static Visit AtRight(PutQuestion put, string part, string other, bool last = false, bool before = false)
    {
        var body = put.Page.Body;
        var option = body.IndexOf($"id=\"choice-{Places(put).Min()}\"", StringComparison.Ordinal);
        var end = body.IndexOf("</label>", option, StringComparison.Ordinal);
        var start = body.LastIndexOf("<label", option, StringComparison.Ordinal);
        var (from, to) =
            before ? (start, option)
            : last ? (option, end)
            : (start, end);
        var changed = body[from..to].Replace(part, other, StringComparison.Ordinal);
        Assert.NotEqual(body[from..to], changed);
        return put.Page with { Body = body[..from] + changed + body[to..] };
    }

    private static Visit WithHeader(PutQuestion put)
    {
        var response = new HttpResponseMessage(put.Page.Status);
        foreach (var (name, values) in put.Page.Response.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, values);
        }
        response.Headers.TryAddWithoutValidation("X-Trace", $"{Places(put).Sum(p => 1 << p)}");
        return put.Page with { Response = response };
    }

    private static PutQuestion RightFirst(PutQuestion put)
    {
        int[] order = [.. put.Version.Key, .. put.Order.Except(put.Version.Key)];
        var encode = HtmlEncoder.Default;
        var options = order.Select(
            (o, i) => $"<span>{(char)('A' + i)}. {encode.Encode(put.Version.Options[o].Zh)}</span>"
        );
        var body = $"<legend>{encode.Encode(put.Version.Text.Zh)}</legend>{string.Concat(options)}";
        return put with { Order = order, Page = put.Page with { Body = body }, Picture = null };
    }

    private KeyWatch NewWatch() => new(Server.Services.GetRequiredService<HtmlEncoder>());

    /// <summary>Drivers of two schemes who sit one exam after another.</summary>
    private sealed class Hall(
        PortalServer server,
        IReadOnlyList<Sitter> sitters,
        IReadOnlyList<QuestionVersion> bank,
        IReadOnlyDictionary<string, (int Width, int Height)> sizes
    )
    {
        private readonly HtmlEncoder _encoder = server.Services.GetRequiredService<HtmlEncoder>();
        private readonly Random _random = new(20_260_310);
        private readonly Dictionary<Guid, QuestionVersion> _versions = bank.ToDictionary(v => v.Id);
        private readonly IReadOnlyList<BankEntry> _entries =
        [
            .. bank.Select(v => new BankEntry(v.Id, v.Type, v.Category, v.Options.Count)),
        ];

        public static async Task<Hall> OpenAsync(PortalServer server, int sitters)
        {
            var waiting = new List<(TestDriver Driver, Guid Attempt)>();
            for (var i = 0; i < sitters; i++)
            {
                var driver = await server.Portal.DriverBeforeExamAsync(i % 2 == 0 ? "渝A" : "鄂A");
                waiting.Add((driver, await server.Portal.StartExamAsync(driver)));
            }
            var seated = new List<Sitter>();
            foreach (var (driver, attempt) in waiting)
            {
                var round = await server.Portal.RoundOfAsync(driver);
                var scheme = SchemeCatalogue.Shipped.Get(round.SchemeId, round.SchemeFrom);
                // Signed in when all have studied: a session does not last that long.
                var browser = await Visitors.DriverAsync(server, driver);
                seated.Add(new Sitter(new ExamVisitor(server, driver, attempt, browser), round.Id, scheme, []));
            }
            // Every third question shows a picture, whatever its key is.
            await server.Portal.GivePicturesAsync("abs(hashtext(question_id)) % 3 = 0");
            await using var db = server.Portal.Db();
            var sizes = await db.QuestionPictures.ToDictionaryAsync(p => p.Name, p => (p.Width, p.Height));
            var bank = await db
                .QuestionVersions.AsNoTracking()
                .Where(q => q.State == QuestionState.Published)
                .ToListAsync();
            return new Hall(server, seated, bank, sizes);
        }

        /// <summary>A new exam for everybody: the one before is closed, a new paper is drawn, its first question is open.</summary>
        public async Task DrawAsync()
        {
            var now = server.Clock.Now;
            await server.Portal.ExecuteAsync(
                "UPDATE exam_attempts SET state = 'Failed', finished_at = $1 WHERE id = ANY($2)",
                now,
                sitters.Select(s => s.Exam.Attempt).ToArray()
            );
            await using var db = server.Portal.Db();
            foreach (var sitter in sitters)
            {
                var id = Guid.NewGuid();
                // The random face check as late as it can come.
                var attempt = ExamAttempt.Open(id, sitter.Round, sitter.Exam.Driver.Id, sitter.Scheme, n => n - 1, now);
                attempt.Start(1, sitter.Scheme, now);
                var drawn = PaperDraw.Draw(sitter.Scheme.Paper.Value, _entries, _random.Next);
                sitter.Sit(id, ((Outcome<IReadOnlyList<DrawnQuestion>>.Done)drawn).Value);
                db.ExamAttempts.Add(attempt);
                db.ExamItems.AddRange(
                    sitter.Paper.Select(q => new ExamItem
                    {
                        AttemptId = id,
                        Ordinal = q.Ordinal,
                        VersionId = q.VersionId,
                        OptionOrder = q.OptionOrder,
                    })
                );
            }
            await db.SaveChangesAsync();
        }

        /// <summary>Everybody's page of a question.</summary>
        public async Task<IReadOnlyList<PutQuestion>> PutAsync(int ordinal)
        {
            await server.Portal.ExecuteAsync(
                "UPDATE exam_attempts SET ordinal = $1 WHERE id = ANY($2)",
                ordinal,
                sitters.Select(s => s.Exam.Attempt).ToArray()
            );
            return await Task.WhenAll(sitters.Select(s => PutAsync(s, ordinal)));
        }

        /// <summary>Everybody answers, mostly rightly, up to the face check.</summary>
        /// <returns>How many answers were given.</returns>
        public async Task<int> AnswerAsync(KeyWatch watch) =>
            (await Task.WhenAll(sitters.Select((s, i) => AnswerAsync(s, watch, new Random(i))))).Sum();

        private async Task<int> AnswerAsync(Sitter sitter, KeyWatch watch, Random random)
        {
            int[] wrong = [random.Next(1, 10), random.Next(10, 19)];
            var exam = sitter.Exam;
            for (var ordinal = 1; ordinal <= 18; ordinal++)
            {
                var put = await PutAsync(sitter, ordinal);
                watch.Look(put);
                if (put.Picture is not null)
                {
                    watch.LookAtPicture(put, await exam.Browser.GetAsync($"{exam.Address}/{ordinal}/picture"));
                }
                var right = Places(put);
                var choice = wrong.Contains(ordinal) ? TestPortal.Wrong(right) : right;
                var answer = await exam.AnswerAsync(put.Page, ordinal, [.. choice]);
                Assert.Equal(exam.Address, answer.Location);
                watch.LookAtAnswer(sitter.Scheme.Id, exam.Attempt, ordinal, answer);
            }
            return 18;
        }

        private async Task<PutQuestion> PutAsync(Sitter sitter, int ordinal)
        {
            var page = await sitter.Exam.Browser.GetAsync(sitter.Exam.Address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var drawn = sitter.Paper[ordinal - 1];
            return new PutQuestion(
                sitter.Scheme.Id,
                sitter.Exam.Attempt,
                ordinal,
                _versions[drawn.VersionId],
                drawn.OptionOrder,
                page
            )
            {
                Picture = MarkupOf(_versions[drawn.VersionId], $"{sitter.Exam.Address}/{ordinal}/picture"),
            };
        }

        private string? MarkupOf(QuestionVersion version, string address) =>
            version.Picture is { } picture
                ? $"<img class=\"picture\" src=\"{address}\" width=\"{sizes[picture.Name].Width}\" height=\"{sizes[picture.Name].Height}\" alt=\"{_encoder.Encode(picture.Description.Zh)}\" />"
                : null;
    }

    private sealed class Sitter(ExamVisitor exam, Guid round, Scheme scheme, IReadOnlyList<DrawnQuestion> paper)
    {
        public ExamVisitor Exam { get; private set; } = exam;
        public Guid Round => round;
        public Scheme Scheme => scheme;
        public IReadOnlyList<DrawnQuestion> Paper { get; private set; } = paper;

        public void Sit(Guid attempt, IReadOnlyList<DrawnQuestion> drawn) =>
            (Exam, Paper) = (Exam with { Attempt = attempt }, drawn);
    }
}
