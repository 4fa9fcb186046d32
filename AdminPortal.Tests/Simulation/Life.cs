using System.Globalization;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>
/// One driver's years: this part carries acts out, loses some of them on the way, lets time and jobs pass, and looks at
/// everything after every act. What the driver does next is in <see cref="Policy"/>.
/// </summary>
internal sealed class Life
{
    private const int StepLimit = 1200;
    private const int Recalled = 20;

    private readonly (ulong Seed, int Driver) _name;
    private readonly IReadOnlyList<Invariant> _invariants;
    private readonly Sight _sight;
    private readonly DateTimeOffset _end;
    private readonly List<(int Year, DateTimeOffset At)> _notices;
    private readonly (DateTimeOffset At, SimAct Act, string Words, Reply Reply, RoundState? State)[] _recent = new (
        DateTimeOffset,
        SimAct,
        string,
        Reply,
        RoundState?
    )[Recalled];
    private DateTimeOffset _jobsDownUntil;
    private ulong _print;

    private Life(ulong seed, int driver, IReadOnlyList<Invariant> invariants)
    {
        _invariants = invariants;
        _name = (seed, driver);
        W = Birth.Of(Dice.Of(seed, driver));
        _sight = new Sight(W);
        _end = W.Now.AddDays(Dice.Between(60, 500));
        // Mostly in November, sometimes only when the year has begun.
        _notices =
        [
            .. Enumerable
                .Range(2021, 7)
                .Where(year => !W.Published.Contains(year))
                .Select(year =>
                    (
                        year,
                        new DateTimeOffset(year, 1, 1, 2, 0, 0, TimeSpan.Zero).AddDays(
                            Dice.Chance(50) ? -Dice.Between(20, 50) : Dice.Between(-5, 25)
                        )
                    )
                ),
        ];
        _print = W.Fingerprint();
    }

    public World W { get; }
    public Dice Dice => W.Dice;
    public Temper Temper { get; set; } = new(98, 2, 2, 2, 5);
    public Coverage Coverage { get; } = new();
    public int Steps { get; private set; }
    public Violation? Violation { get; private set; }
    public bool IsOver => W.Now >= _end || Steps >= StepLimit || Violation is not null;

    /// <summary>The next wait is skipped: the act happens exactly at the instant time was brought to.</summary>
    public bool IsRushed { get; set; }

    /// <summary>Lives one life; the same seed and number live the same life.</summary>
    public static Life Live(ulong seed, int driver, IReadOnlyList<Invariant> invariants)
    {
        var life = new Life(seed, driver, invariants);
        var policy = new Policy(life);
        while (!life.IsOver)
        {
            policy.Next();
        }
        return life;
    }

    /// <summary>
    /// Sends an act over the driver's network: it may never arrive, or its answer may get lost so that it is sent again.
    /// </summary>
    /// <param name="isRepeatable">False for acts that mean something new each time.</param>
    public void Send(SimAct act, string words, Func<Reply> run, Action<Sight>? prepare = null, bool isRepeatable = true)
    {
        var link = Dice.Below(100);
        if (link < Temper.Loss)
        {
            Coverage.Count("network: an act never arrived");
            return;
        }
        Do(act, words, run, prepare);
        if (link < 2 * Temper.Loss && isRepeatable)
        {
            Coverage.Count("network: an answer was lost");
            Again(act, words, run, prepare);
        }
    }

    /// <summary>The same act with the same words at the same moment.</summary>
    public void Again(SimAct act, string words, Func<Reply> run, Action<Sight>? prepare = null) =>
        Do(
            act,
            words,
            run,
            sight =>
            {
                prepare?.Invoke(sight);
                sight.IsRepeat = true;
            }
        );

    /// <summary>Carries an act out and looks at everything.</summary>
    public Reply Do(SimAct act, string words, Func<Reply> run, Action<Sight>? prepare = null)
    {
        if (Violation is not null)
        {
            return Reply.Done;
        }
        _sight.Prepare(_print);
        _sight.Act = act;
        prepare?.Invoke(_sight);
        try
        {
            _sight.Reply = run();
        }
        catch (Exception e)
        {
            // The product's acts ask the domain first; an exception would be an error page.
            _sight.Error = e;
        }
        _print = W.Fingerprint();
        _sight.After = _print;
        _recent[Steps % Recalled] = (W.Now, act, words, _sight.Reply, W.File?.Round.State);
        Steps++;
        Look();
        return _sight.Reply;
    }

    /// <summary>Lets time pass; what is due in between is done by jobs, early enough, late, twice, or not at all.</summary>
    public void Wait(TimeSpan span)
    {
        if (IsRushed)
        {
            IsRushed = false;
            return;
        }
        if (span > TimeSpan.FromHours(12) && Dice.Chance(5))
        {
            Coverage.Count("jobs: an outage of days");
            _jobsDownUntil = W.Now.AddHours(Dice.Between(12, 120));
        }
        var until = W.Now + span;
        while (Violation is null && NextDue(W.Now) is { } due && due < until)
        {
            Pass(due);
            if (W.Now < _jobsDownUntil || Dice.Chance(10))
            {
                continue;
            }
            var late = due.AddMilliseconds(Dice.Below(60_000));
            if (late >= until)
            {
                break;
            }
            Pass(late);
            RunJobs();
        }
        Pass(until);
    }

    /// <summary>Brings time to the very edge of the next window, a millisecond before, at, or after it.</summary>
    public void GoToTheEdge()
    {
        var next = NextDue(W.Now);
        if (W.Current is { } file && BeforeReset(file) > TimeSpan.Zero && Dice.Chance(50))
        {
            // Past every window in between, while the jobs sleep.
            next = W.Now + BeforeReset(file);
        }
        // An exam is over long before; jumping further would end nearly all of them by their limit.
        var reach = W.Current?.Round.State == RoundState.Examining ? TimeSpan.FromHours(1) : TimeSpan.FromDays(25);
        if (next is { } due && due < W.Now + reach)
        {
            Pass(due.AddMilliseconds(Dice.Between(-1, 1)));
            Coverage.Count("edge: an act within a millisecond of a window's end");
            IsRushed = true;
        }
    }

    /// <summary>How long the cycle of a round still lasts.</summary>
    public TimeSpan BeforeReset(RoundFile file) => NaiveCalendar.EndOf(file.Round.ResetOn.AddDays(-1)) - W.Now;

    /// <summary>When the cycle ends within days, it sometimes ends before anything else is done.</summary>
    public void WaitPastReset(RoundFile file, int days = 3)
    {
        var left = BeforeReset(file);
        if (left > TimeSpan.Zero && left < TimeSpan.FromDays(days) && Dice.Chance(30))
        {
            Wait(left + TimeSpan.FromSeconds(Dice.Spread(1, 3600)));
        }
    }

    /// <summary>What the product does by itself every minute.</summary>
    public void RunJobs()
    {
        Do(SimAct.Expire, "", () => Jobs.Expire(W));
        if (Dice.Chance(30))
        {
            Again(SimAct.Expire, "twice", () => Jobs.Expire(W));
        }
        if (W.File?.Pending?.Case is { State: CaseState.Claimed })
        {
            Do(SimAct.LapseClaims, "", () => Jobs.LapseClaims(W));
            Again(SimAct.LapseClaims, "twice", () => Jobs.LapseClaims(W));
        }
        while (W.Files.Exists(f => f.Reduction is { SettledAt: null } r && r.NextAt <= W.Now))
        {
            var gateway = Dice.Below(100) switch
            {
                < 78 => Gateway.Answers,
                < 84 => Gateway.Refuses,
                < 93 => Gateway.LosesAnswer,
                _ => Gateway.Unreachable,
            };
            Coverage.Count($"gateway: {gateway}");
            Do(SimAct.Dispatch, $"{gateway}", () => Points.Dispatch(W, gateway) ? Reply.Done : Reply.Done);
        }
    }

    private void Pass(DateTimeOffset to)
    {
        if (to <= W.Now)
        {
            return;
        }
        W.Now = to;
        W.Police.Turn(W.Today);
        for (var i = _notices.Count - 1; i >= 0; i--)
        {
            var (year, at) = _notices[i];
            if (at <= W.Now)
            {
                _notices.RemoveAt(i);
                Do(SimAct.Publish, "", () => Jobs.Publish(W, year));
                Again(SimAct.Publish, "twice", () => Jobs.Publish(W, year));
            }
        }
    }

    /// <summary>The next instant after a moment at which something runs out, comes due or arrives.</summary>
    private DateTimeOffset? NextDue(DateTimeOffset after)
    {
        DateTimeOffset? next = null;
        Consider(W.Current?.Round.Running?.ExpiresAt);
        if (W.Current is { } file)
        {
            Consider(NaiveCalendar.EndOf(file.Round.ResetOn.AddDays(-1)));
            Consider(file.Open?.Exam.LimitAt);
            Consider(file.Pending?.Case.LeaseUntil);
            Consider(file.Reduction?.NextAt);
        }
        foreach (var (_, at) in _notices)
        {
            Consider(at);
        }
        return next;

        void Consider(DateTimeOffset? at)
        {
            if (at > after && !(next <= at))
            {
                next = at;
            }
        }
    }

    private void Look()
    {
        _sight.Look();
        var isQuiet = _sight.IsQuietForExams;
        foreach (var invariant in _invariants)
        {
            if ((!isQuiet || !invariant.IsOfExams) && invariant.Check(_sight) is { } found)
            {
                Violation = new Violation(_name.Seed, _name.Driver, Steps, invariant, found, Recent());
                return;
            }
        }
        Count();
        _sight.Remember();
    }

    private void Count()
    {
        var scheme = W.Current?.Scheme.Id ?? W.SchemeOn(W.Today);
        Coverage.CountAct(_sight.Act, scheme, _sight.Reply.Refused);
        foreach (var step in _sight.NewSteps)
        {
            Coverage.Count($"step {W.File!.Scheme.Id} {step.From} {step.Act} {step.To}");
            if (step.To is RoundState.Void)
            {
                Coverage.Count($"end {W.File.Scheme.Id} {W.File.Round.VoidReason}");
            }
            if (step.To is RoundState.Reduced)
            {
                Coverage.Count($"end {W.File.Scheme.Id} Reduced");
            }
            if (W.SchemeOn(W.Today) != W.File.Scheme.Id)
            {
                Coverage.Count("a step of a round whose authority has changed its scheme");
            }
        }
        if (_sight is { Act: SimAct.RecordFace, Tried: { Outcome: { } outcome } tried })
        {
            Coverage.Count($"face {tried.Purpose} {outcome}");
        }
        if (_sight.Act != SimAct.Beat && W.Current?.Round.Running?.AwaitingYear is not null)
        {
            Coverage.Count("awaited: an act while a window awaits its year");
        }
    }

    private List<string> Recent()
    {
        var lines = new List<string>();
        for (var step = Math.Max(0, Steps - Recalled); step < Steps; step++)
        {
            var (at, act, words, reply, state) = _recent[step % Recalled];
            var china = at.ToOffset(TimeSpan.FromHours(8))
                .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            var answer = reply.Refused is { } code ? $"refused: {code}" : "done";
            lines.Add(
                $"{step + 1, 5}  {china}  {act, -14} {words, -12} {answer, -24} round {state?.ToString() ?? "none"}"
            );
        }
        return lines;
    }
}
