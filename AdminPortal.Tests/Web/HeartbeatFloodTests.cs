using System.Net;
using System.Text;
using System.Text.Json;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Support;
using Xunit.Abstractions;

namespace AdminPortal.Tests.Web;

/// <summary>
/// Two thousand heartbeats over HTTP on PostgreSQL, many at once on many connections: forged, replayed, reordered, from the older
/// browser while the newer one studies. What is stored afterwards is the time that passed in study, to the second.
/// </summary>
public sealed class HeartbeatFloodTests(SharedServer shared, ITestOutputHelper output) : IClassFixture<SharedServer>
{
    private const int Drivers = 4;
    private const int Waves = 32;
    private const int BeatsAtOnce = 16;

    private static readonly string Section = StarterContent.Sections[0].Id;

    private PortalServer Server => shared.Server;

    [Fact]
    [Trait("Rule", "S1-29")]
    [Trait("Rule", "S1-39")]
    public async Task Two_thousand_heartbeats_many_at_once_credit_the_time_that_passed_and_no_more()
    {
        var random = new Random(20_260_304);
        var flooders = new List<Flooder>();
        for (var i = 0; i < Drivers; i++)
        {
            flooders.Add(await Flooder.StartAsync(Server));
        }
        // Its random checks are another test's subject: here they would stop the clock.
        await Server.Portal.ExecuteAsync("UPDATE rounds SET snapshot_at_second = 1000000");
        var refused = 0;
        for (var wave = 0; wave < Waves; wave++)
        {
            var pause = TimeSpan.FromSeconds(
                random.Next(6) switch
                {
                    0 => 0,
                    1 => 45,
                    2 => random.Next(46, 200),
                    _ => random.Next(1, 45),
                }
            );
            Server.Clock.Advance(pause);
            var opens = flooders.Select(_ => random.Next(10) == 0).ToList();
            var beats = flooders.SelectMany(f => f.Beats(random, BeatsAtOnce)).ToList();

            var openings = flooders.Where((_, i) => opens[i]).Select(f => f.OpenAsync()).ToList();
            var answers = await Race.RunAsync(beats.Count, i => beats[i].Flooder.SendAsync(beats[i]));
            await Task.WhenAll(openings);

            for (var i = 0; i < Drivers; i++)
            {
                var flooder = flooders[i];
                var stored = await flooder.StoredAsync();
                var gained = stored - flooder.Stored;
                var idle = flooder.Idle + pause;
                var wasGood = beats.Any(b => b.Flooder == flooder && b.IsGood);
                var worth = wasGood && idle <= StudySession.LongestGap ? (long)idle.TotalSeconds : 0;
                // When the study is opened anew in the same instant, either may come first: all of it or nothing.
                long[] expected = opens[i] ? [0, worth] : [worth];
                Assert.Contains(gained, expected);
                flooder.Stored = stored;
                flooder.Idle = wasGood || opens[i] ? TimeSpan.Zero : idle;
                await flooder.LearnAsync(answers.Where((_, n) => beats[n].Flooder == flooder));
            }
            refused += answers.Count(a => a.Status != HttpStatusCode.OK);
            Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.Conflict, a.Body));
        }
        var all = Waves * Drivers * BeatsAtOnce;
        output.WriteLine($"{all} heartbeats, {refused} refused, {flooders.Sum(f => f.Stored)} s credited");
        Assert.InRange(refused, all / 10, all * 9 / 10);
        Assert.All(flooders, f => Assert.True(f.Stored > 60));
        flooders.ForEach(f => f.Dispose());
    }

    private sealed record FloodedBeat(Flooder Flooder, WebVisitor Browser, string Token, string Ticket, bool IsGood);

    /// <summary>A driver with an older and a newer browser, and every ticket they ever got.</summary>
    private sealed class Flooder : IDisposable
    {
        private static readonly string[] Forged = ["", "1.0", "nonsense", "-1.1", "2.", "99999999999.x"];

        private readonly PortalServer _server;
        private readonly TestDriver _driver;
        private readonly WebVisitor[] _browsers;
        private readonly Visit[] _pages;
        private readonly string[] _tokens;
        private readonly List<string> _issued = [];
        private string _good = "";

        private Flooder(PortalServer server, TestDriver driver, WebVisitor[] browsers, Visit[] pages) =>
            (_server, _driver, _browsers, _pages, _tokens) = (
                server,
                driver,
                browsers,
                pages,
                [.. pages.Select(WebVisitor.TokenOf)]
            );

        /// <summary>Seconds in the database after the last wave.</summary>
        public long Stored { get; set; }

        /// <summary>Time since the last good beat or opening.</summary>
        public TimeSpan Idle { get; set; }

        public static async Task<Flooder> StartAsync(PortalServer server)
        {
            var driver = await server.Portal.DriverInStudyAsync();
            WebVisitor[] browsers =
            [
                await Visitors.DriverAsync(server, driver),
                await Visitors.DriverAsync(server, driver),
            ];
            Visit[] pages = [await browsers[0].GetAsync("/driver"), await browsers[1].GetAsync("/driver")];
            var flooder = new Flooder(server, driver, browsers, pages);
            await flooder.OpenAsync();
            await flooder.LearnAsync([]);
            return flooder;
        }

        /// <summary>Beats to send at once: the good ticket several times among all kinds of others.</summary>
        public IEnumerable<FloodedBeat> Beats(Random random, int count)
        {
            var holdsGood = random.Next(5) == 0;
            for (var i = 0; i < count; i++)
            {
                var ticket = random.Next(5) switch
                {
                    0 or 1 when !holdsGood => _good,
                    2 => _issued[random.Next(_issued.Count)],
                    3 => _issued[0],
                    _ => Forged[random.Next(Forged.Length)],
                };
                var browser = random.Next(2);
                yield return new(this, _browsers[browser], _tokens[browser], ticket, ticket == _good);
            }
        }

        public async Task<Visit> SendAsync(FloodedBeat beat)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/driver/study/beat")
            {
                Content = new StringContent(
                    JsonSerializer.Serialize(new { section = Section, ticket = beat.Ticket }),
                    Encoding.UTF8,
                    "application/json"
                ),
            };
            request.Headers.Add("Accept", "application/json");
            request.Headers.Add("RequestVerificationToken", beat.Token);
            return await beat.Browser.SendAsync(request);
        }

        /// <summary>The newer browser opens the study.</summary>
        public async Task OpenAsync()
        {
            var begun = await _browsers[1].PostAsync(_pages[1], $"/driver/study/{Section}/begin");
            Assert.Equal($"/driver/study/{Section}", begun.Location);
        }

        /// <summary>What was handed out, and which ticket is good now. What came first in a wave only the database knows.</summary>
        public async Task LearnAsync(IEnumerable<Visit> answers)
        {
            _issued.AddRange(
                answers
                    .Where(a => a.Status == HttpStatusCode.OK)
                    .Select(a => JsonDocument.Parse(a.Body).RootElement.GetProperty("ticket").GetString()!)
            );
            _good = await _server.Portal.ScalarAsync<string>(
                "SELECT ticket FROM study_sessions WHERE driver_id = $1",
                _driver.Id
            );
            _issued.Add(_good);
        }

        public async Task<long> StoredAsync() =>
            await _server.Portal.ScalarAsync<long>(
                "SELECT coalesce(sum(s.seconds), 0) FROM study_stretches s JOIN rounds r ON r.id = s.round_id WHERE r.driver_id = $1",
                _driver.Id
            );

        public void Dispose()
        {
            foreach (var browser in _browsers)
            {
                browser.Dispose();
            }
        }
    }
}
