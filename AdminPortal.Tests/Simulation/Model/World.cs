using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;

namespace AdminPortal.Tests.Simulation.Model;

/// <summary>Everything around one driver: the tables of the product, the police behind them, the officers, the clock.</summary>
internal sealed class World
{
    public required Dice Dice { get; init; }
    public required Guid DriverId { get; init; }
    public required Police Police { get; init; }

    /// <summary>Which scheme the driver's authority is open for, from which day.</summary>
    public required IReadOnlyList<(DateOnly From, string? Scheme)> Authority { get; init; }
    public required IReadOnlyList<Actor> Officers { get; init; }

    /// <summary>Search key of the driver's identity number; one officer may be the driver.</summary>
    public required byte[] PersonKey { get; init; }
    public required DateTimeOffset Now { get; set; }
    public required WorkingCalendar Calendar { get; set; }
    public required HashSet<int> Published { get; init; }

    /// <summary>What the last import brought, as a record without what the product adds itself.</summary>
    public required DriverRecord Imported { get; set; }

    public const string AuthorityCode = "渝A";

    public DateOnly Today => NaiveCalendar.DayOf(Now);
    public Actor Driver => Actor.Driver(DriverId);
    public List<RoundFile> Files { get; } = [];

    /// <summary>The last round, open or not.</summary>
    public RoundFile? File => Files.Count > 0 ? Files[^1] : null;

    /// <summary>The open round, or null.</summary>
    public RoundFile? Current => File is { Round.IsOpen: true } open ? open : null;
    public StudySession? Session { get; set; }

    /// <summary>Decisions on applications by the key of their form.</summary>
    public Dictionary<Guid, bool> Applications { get; } = [];

    /// <summary>How many grounds the last decision showed.</summary>
    public int GroundsShown { get; set; }

    /// <summary>Challenges that wait for a photo.</summary>
    public Dictionary<Guid, Challenge> Challenges { get; } = [];

    /// <summary>The last face that matched: what a verification rests on.</summary>
    public DateTimeOffset? LastMatchAt { get; set; }

    /// <summary>When the study page last counted, by the simulator's own watch.</summary>
    public DateTimeOffset LastCountedAt { get; set; }

    /// <summary>The scheme of the authority on a day, as its register says.</summary>
    public string? SchemeOn(DateOnly day)
    {
        string? scheme = null;
        foreach (var (from, id) in Authority)
        {
            scheme = from <= day ? id : scheme;
        }
        return scheme;
    }

    /// <summary>Points already reserved or taken off in a cycle by the product.</summary>
    public int ReservedIn(DateOnly cycleStart)
    {
        var sum = 0;
        foreach (var file in Files)
        {
            sum += file.Reduction is { Slot: not null } r && r.CycleStart == cycleStart ? r.Points : 0;
        }
        return sum;
    }

    /// <summary>The product's state that the next act may change, as one number.</summary>
    public ulong Fingerprint() =>
        new Fingerprint()
            .Add(Session)
            .Add(Files.Count)
            .Add(Applications.Count)
            .Add(Challenges.Count)
            .Add(Published.Count)
            .Add(File?.Fingerprint() ?? 0)
            .Value;

    public Scheme? SchemeToday() => SchemeOn(Today) is { } id ? SchemeCatalogue.Shipped.Find(id, Today) : null;
}

/// <summary>Permission to hand in one photo.</summary>
internal sealed class Challenge
{
    public required RoundFile File { get; init; }
    public required AttemptFile? Attempt { get; init; }
    public required FaceCheckPurpose Purpose { get; init; }
    public required string Series { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public bool IsUsed { get; set; }
}
