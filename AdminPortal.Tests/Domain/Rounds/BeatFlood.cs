using AdminPortal.Domain.Rounds;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

/// <summary>A heartbeat as a client may send it. The product reads the ticket alone; the rest is what a naive server would believe.</summary>
/// <param name="Ticket">The ticket it carries, right or wrong.</param>
/// <param name="Device">The browser it comes from, counted from 1.</param>
/// <param name="Sequence">The client's own count.</param>
/// <param name="ClientClock">What the client says the time is.</param>
internal readonly record struct FloodBeat(string Ticket, int Device, int Sequence, DateTimeOffset ClientClock);

/// <summary>
/// Heartbeats by the million from a seed: honest ones, and forged, replayed, reordered and parallel ones, from two browsers at once, at
/// every pace from none to days, under a server's clock that is now and then set back. It keeps its own watch over what can
/// have been study, and knows by its own book which one ticket is good.
/// </summary>
internal sealed class BeatFlood(int seed)
{
    private static readonly DateTimeOffset Began = At("2026-03-04 10:00");

    private readonly Random _random = new(seed);
    private readonly List<string> _issued = [];
    private readonly List<string> _stash = [];
    private string _good = "";
    private string _previous = "";
    private string _older = "";
    private int _number;
    private DateTimeOffset _watched = Began;

    public StudySession Session { get; } = StudySession.For(DriverId);

    /// <summary>The server's time.</summary>
    public DateTimeOffset Now { get; private set; } = Began;

    /// <summary>
    /// The time that can have been study: between the opening and good beats that came at most the longest gap after one another.
    /// Nothing may be credited beyond it.
    /// </summary>
    public TimeSpan Visible { get; private set; }

    /// <summary>The stretch that grows, as the act keeps it.</summary>
    public StudyStretch Stretch { get; private set; } = new();

    public int Openings { get; private set; }

    /// <summary>Is this the one ticket that may be worth time now?</summary>
    public bool IsGood(string ticket) => _good.Length > 0 && ticket == _good;

    /// <summary>A browser opens the study, the first or another one.</summary>
    public void Open()
    {
        Openings++;
        var ticket = Session.TicketOf($"{++_number}", next: true);
        Stretch = new StudyStretch { StartedAt = Now, LastBeatAt = Now };
        Session.Begin(RoundId, Guid.Empty, "points", ticket, Now);
        (_older, _previous) = (_good, "");
        Hand(ticket);
        _watched = Now;
    }

    /// <summary>Time passes, something may happen to the study, and the next heartbeat arrives.</summary>
    public FloodBeat Next(int count)
    {
        if (!Session.IsOpen || _random.Next(4_000) == 0)
        {
            // Closed studies are knocked at a while before somebody opens again.
            if (Session.IsOpen || _random.Next(20) == 0)
            {
                Pass();
                Open();
            }
        }
        else if (_random.Next(10_000) == 0)
        {
            Session.End();
            (_previous, _good) = ("", "");
        }
        Pass();
        var device = _random.Next(2) == 0 ? Openings : Math.Max(1, Openings - 1);
        return new FloodBeat(Ticket(), device, Sequence(count), ClientClock());
    }

    /// <summary>A ticket for the answer to the next beat.</summary>
    public string NextTicket() => Session.TicketOf($"{++_number}", next: false);

    /// <summary>The good ticket was taken: the book moves on to the next.</summary>
    public void Taken(string next)
    {
        var gap = Now - _watched;
        if (gap > TimeSpan.Zero)
        {
            Visible += gap <= StudySession.LongestGap ? gap : TimeSpan.Zero;
            _watched = Now;
        }
        _previous = _good;
        Hand(next);
    }

    /// <summary>After a long pause a new stretch begins, as the act does it.</summary>
    public void Continue()
    {
        Stretch = new StudyStretch { StartedAt = Now, LastBeatAt = Now };
        Session.Continue(Guid.Empty);
    }

    private void Hand(string ticket)
    {
        _good = ticket;
        _issued.Add(ticket);
    }

    // Mostly the page's own pace; else none at all (parallel), the edge of the gap, hours and days, or a clock set back.
    private void Pass() =>
        Now += _random.Next(20) switch
        {
            < 8 => TimeSpan.Zero,
            < 15 => TimeSpan.FromMilliseconds(_random.Next(1, 16_000)),
            15 => TimeSpan.FromTicks(_random.Next(1, 20_000_000)),
            16 => StudySession.LongestGap + TimeSpan.FromTicks(_random.Next(-2, 3)),
            17 => TimeSpan.FromSeconds(_random.Next(40, 50)),
            18 => _random.Next(20) == 0
                ? TimeSpan.FromMinutes(_random.Next(1, 4_000))
                : TimeSpan.FromMilliseconds(_random.Next(1, 3_000)),
            _ => _random.Next(10) == 0 ? TimeSpan.FromMilliseconds(-_random.Next(1, 90_000)) : TimeSpan.FromSeconds(1),
        };

    private string Ticket()
    {
        switch (_random.Next(16))
        {
            case < 7:
                return _good;
            case 7:
                return _previous;
            case 8:
                return _issued.Count == 0 ? "" : _issued[_random.Next(_issued.Count)];
            case 9:
                // Held back, to come later and out of order.
                _stash.Add(_good);
                return _good;
            case 10:
                return _stash.Count == 0 ? _previous : TakeFromStash();
            case 11:
                return _older;
            case 12:
                // The next one guessed, of this browser and of the one after.
                return $"{Openings + _random.Next(2)}.{_number + _random.Next(1, 4)}";
            case 13:
                return $"{_random.Next(-2, Openings + 3)}.{_random.Next()}";
            case 14:
                return Forged[_random.Next(Forged.Length)];
            default:
                return _good.Length == 0 ? "0" : _good + Forged[_random.Next(Forged.Length)];
        }
    }

    private string TakeFromStash()
    {
        var at = _random.Next(_stash.Count);
        var ticket = _stash[at];
        _stash.RemoveAt(at);
        return ticket;
    }

    private int Sequence(int count) =>
        _random.Next(4) switch
        {
            0 => count + _random.Next(4),
            1 => Math.Max(0, count - _random.Next(100)),
            _ => count,
        };

    private DateTimeOffset ClientClock() =>
        _random.Next(4) switch
        {
            0 => Now.AddSeconds(_random.Next(1, 100_000)),
            1 => Now.AddSeconds(-_random.Next(1, 100_000)),
            _ => Now,
        };

    private static readonly string[] Forged =
    [
        "",
        " ",
        ".",
        "1.",
        "0",
        "-1.1",
        "99999999999999999999.1",
        "１.１",
        "null",
        "' OR 1=1 --",
        "\0",
        "..",
    ];
}
