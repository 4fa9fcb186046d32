using System.Globalization;
using System.Text;
using AdminPortal.Domain;
using AdminPortal.Tests.Simulation.Checks;

namespace AdminPortal.Tests.Simulation;

/// <summary>How often everything happened: invariants that hold because nothing happens are worth nothing.</summary>
internal sealed class Coverage
{
    private static readonly string[] Schemes = ["S0", "S1", "N", "none"];

    private readonly long[,,] _acts = new long[Enum.GetValues<SimAct>().Length, Schemes.Length, 2];
    private readonly Dictionary<(SimAct, RefusalCode), long> _refusals = [];
    private readonly Dictionary<string, long> _facts = [];

    public long Acts(SimAct act, string scheme, bool done) => _acts[(int)act, Place(scheme), done ? 0 : 1];

    public long Facts(string what) => _facts.GetValueOrDefault(what);

    public void CountAct(SimAct act, string? scheme, RefusalCode? refused)
    {
        _acts[(int)act, Place(scheme ?? "none"), refused is null ? 0 : 1]++;
        if (refused is { } code)
        {
            _refusals[(act, code)] = _refusals.GetValueOrDefault((act, code)) + 1;
        }
    }

    public void Count(string what) => _facts[what] = Facts(what) + 1;

    public void Add(Coverage other)
    {
        for (var act = 0; act < _acts.GetLength(0); act++)
        {
            for (var scheme = 0; scheme < Schemes.Length; scheme++)
            {
                _acts[act, scheme, 0] += other._acts[act, scheme, 0];
                _acts[act, scheme, 1] += other._acts[act, scheme, 1];
            }
        }
        foreach (var (refusal, count) in other._refusals)
        {
            _refusals[refusal] = _refusals.GetValueOrDefault(refusal) + count;
        }
        foreach (var (fact, count) in other._facts)
        {
            _facts[fact] = Facts(fact) + count;
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder("act                done / refused per scheme\n");
        foreach (var act in Enum.GetValues<SimAct>())
        {
            text.Append(CultureInfo.InvariantCulture, $"{act, -16}");
            foreach (var scheme in Schemes)
            {
                var counts = $"{Acts(act, scheme, true)} / {Acts(act, scheme, false)}";
                text.Append(CultureInfo.InvariantCulture, $"  {scheme} {counts, -18}");
            }
            text.Append('\n');
        }
        foreach (var ((act, code), count) in _refusals.OrderBy(r => r.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{count, 10}  {act} refused: {code}\n");
        }
        foreach (var (fact, count) in _facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{count, 10}  {fact}\n");
        }
        return text.ToString();
    }

    private static int Place(string scheme) => Array.IndexOf(Schemes, scheme);
}
