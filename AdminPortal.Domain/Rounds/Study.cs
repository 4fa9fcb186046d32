using AdminPortal.Domain.Schemes;

namespace AdminPortal.Domain.Rounds;

/// <summary>
/// A stretch of continuous study as the server saw it. It grows by heartbeats; a pause of more than
/// <see cref="StudySession.LongestGap"/> begins a new one.
/// </summary>
public sealed class StudyStretch
{
    public Guid Id { get; init; }
    public Guid RoundId { get; init; }

    /// <summary>The section that was open when it began (S0-09).</summary>
    public string SectionId { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset LastBeatAt { get; set; }
    public int Seconds { get; set; }

    /// <summary>A face check passed after it: a later failure does not reach it.</summary>
    public bool Confirmed { get; set; }

    /// <summary>The rule that voided it (S0-11, S1-35), or null while it counts.</summary>
    public string? VoidedBy { get; set; }

    /// <summary>The face check that voided it, so that a review can give back what that check took (N-n5).</summary>
    public Guid? VoidedByCheck { get; set; }
}

/// <summary>What counts towards the required minutes.</summary>
public static class StudyCredit
{
    /// <summary>
    /// The seconds that count: stretches that are not voided and last at least the scheme's smallest stretch (N-n1).
    /// </summary>
    public static int Seconds(IEnumerable<StudyStretch> stretches, Scheme scheme) =>
        stretches.Where(stretch => Counts(stretch, scheme)).Sum(stretch => stretch.Seconds);

    public static bool Counts(StudyStretch stretch, Scheme scheme) =>
        stretch.VoidedBy is null && stretch.Seconds >= scheme.SmallestStretchMinutes.Value * 60;
}

/// <summary>What a heartbeat did.</summary>
/// <param name="Credited">Seconds added, 0 or more.</param>
/// <param name="Ticket">The ticket for the next beat.</param>
/// <param name="NewStretch">True when the pause was too long and a new stretch must begin.</param>
public sealed record Beat(int Credited, string Ticket, bool NewStretch);

/// <summary>
/// The one study a driver has open (one row per driver: a newer device takes over, the older is told). Time is the server's
/// alone: a beat carries only the single-use ticket of the answer before it, so a forged or replayed one credits nothing.
/// </summary>
public sealed class StudySession
{
    /// <summary>The longest time between two beats that still counts as continuous study (D-HEARTBEAT).</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(45);

    /// <summary>How often the page sends a beat.</summary>
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);

    private StudySession() { }

    public Guid DriverId { get; private init; }
    public Guid RoundId { get; private set; }
    public Guid StretchId { get; private set; }

    /// <summary>How often a device has opened the study: a ticket of an earlier one says that it was taken over.</summary>
    public int Opening { get; private set; }
    public string SectionId { get; private set; } = "";

    /// <summary>The ticket the next beat must carry.</summary>
    public string Ticket { get; private set; } = "";

    /// <summary>The ticket before: a beat whose answer got lost may be repeated with it, and credits nothing.</summary>
    public string PreviousTicket { get; private set; } = "";
    public DateTimeOffset LastBeatAt { get; private set; }
    public bool IsOpen { get; private set; }
    public int Version { get; private set; }

    public static StudySession For(Guid driverId) => new() { DriverId = driverId };

    /// <summary>Gives a random text the form of a ticket of the device that opens next, or of the one that is open.</summary>
    public string TicketOf(string random, bool next) => $"{(next ? Opening + 1 : Opening)}.{random}";

    /// <summary>Opens (or takes over) the study on one device.</summary>
    public void Begin(Guid roundId, Guid stretchId, string sectionId, string ticket, DateTimeOffset now)
    {
        Opening++;
        RoundId = roundId;
        StretchId = stretchId;
        SectionId = sectionId;
        Ticket = ticket;
        PreviousTicket = "";
        LastBeatAt = now;
        IsOpen = true;
        Version++;
    }

    /// <summary>Ends the study, such as after a failed face check.</summary>
    public void End()
    {
        IsOpen = false;
        Ticket = "";
        PreviousTicket = "";
        Version++;
    }

    /// <summary>Why a ticket is not taken, or null: for a study that is over, a device that was taken over, a forged ticket.</summary>
    public Refusal? Check(string ticket)
    {
        if (!IsOpen)
        {
            return new Refusal(RefusalCode.StudyTakenOver);
        }
        if (ticket == Ticket || (PreviousTicket.Length > 0 && ticket == PreviousTicket))
        {
            return null;
        }
        var isEarlierDevice = int.TryParse(ticket.Split('.')[0], out var opening) && opening < Opening;
        return new Refusal(isEarlierDevice ? RefusalCode.StudyTakenOver : RefusalCode.BeatReplayed);
    }

    /// <summary>Takes a heartbeat. Credit is the server's elapsed whole seconds, never more.</summary>
    public Outcome<Beat> Take(string ticket, string nextTicket, DateTimeOffset now)
    {
        if (Check(ticket) is { } refusal)
        {
            return refusal;
        }
        if (PreviousTicket.Length > 0 && ticket == PreviousTicket)
        {
            return new Beat(0, Ticket, false);
        }
        var elapsed = now - LastBeatAt;
        if (elapsed < TimeSpan.Zero)
        {
            return new Refusal(RefusalCode.BeatReplayed);
        }
        PreviousTicket = Ticket;
        Ticket = nextTicket;
        Version++;
        if (elapsed > LongestGap)
        {
            LastBeatAt = now;
            return new Beat(0, nextTicket, true);
        }
        var seconds = (int)elapsed.TotalSeconds;
        // Only whole seconds are credited; the rest stays for the next beat.
        LastBeatAt = LastBeatAt.AddSeconds(seconds);
        return new Beat(seconds, nextTicket, false);
    }

    /// <summary>Continues in a new stretch after a long pause.</summary>
    public void Continue(Guid stretchId)
    {
        StretchId = stretchId;
        Version++;
    }

    /// <summary>A face check interrupts: the time it takes is neither study nor a pause.</summary>
    public void Resume(DateTimeOffset now)
    {
        LastBeatAt = now;
        Version++;
    }
}
