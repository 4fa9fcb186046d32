namespace AdminPortal.Tests.Simulation.Model;

/// <summary>
/// All chance of a life (SplitMix64). Written out here so that a seed means the same on every runtime: a seed in a failure
/// message is worth nothing once it stops leading back to the failure.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The dice of one driver: neighbours must not resemble each other.</summary>
    public static Dice Of(ulong seed, int driver) => new(new Dice(seed ^ (ulong)driver * 0xD1342543DE82EF95UL).Next());

    /// <summary>A uniform integer in [0, n).</summary>
    public int Below(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return (int)(Next() % (ulong)n);
    }

    /// <summary>A uniform integer in [low, high].</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>An integer in [low, high], every order of magnitude equally likely.</summary>
    public int Spread(int low, int high) =>
        (int)Math.Round(low * Math.Pow((double)high / low, Below(10_001) / 10_000.0));

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> values) => values[Below(values.Length)];

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        return new Guid(bytes);
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
