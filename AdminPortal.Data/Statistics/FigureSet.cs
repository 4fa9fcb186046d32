namespace AdminPortal.Data.Statistics;

/// <summary>The figures of one group, such as a day or an authority, added up.</summary>
public sealed class FigureSet
{
    private readonly Dictionary<(Figure, string), long> _amounts;

    public FigureSet(IEnumerable<FigureLine> lines) =>
        _amounts = lines.GroupBy(l => (l.Figure, l.Part)).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount));

    /// <summary>The figure over all its parts.</summary>
    public long this[Figure figure] => _amounts.Where(a => a.Key.Item1 == figure).Sum(a => a.Value);

    /// <summary>One part of the figure.</summary>
    public long this[Figure figure, string part] => _amounts.GetValueOrDefault((figure, part));

    /// <summary>A share; null when there is nothing it could be a share of.</summary>
    public static decimal? Share(long part, long whole) => whole == 0 ? null : (decimal)part / whole;
}
