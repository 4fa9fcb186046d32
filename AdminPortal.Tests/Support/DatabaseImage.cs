using System.Globalization;

namespace AdminPortal.Tests.Support;

/// <summary>What is in a database: per table the number of rows and a digest over all of them.</summary>
public sealed class DatabaseImage
{
    private readonly SortedDictionary<string, string> _tables;

    private DatabaseImage(SortedDictionary<string, string> tables) => _tables = tables;

    public static async Task<DatabaseImage> TakeAsync(TestPortal portal)
    {
        var names = await portal.ColumnAsync<string>(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_%'"
        );
        // Most of the bank is the template's and large; of what came with it the number of rows is enough.
        var parts = names.Select(name =>
            name == "study_video_parts" ? $"SELECT '{name} ' || count(*)::text || ' -' FROM {name}"
            : name == "question_versions"
                ? $"SELECT '{name} ' || count(*)::text || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text)) FILTER (WHERE revision > 0)), '-') FROM {name} AS t"
            : $"SELECT '{name} ' || count(*)::text || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '-') FROM {name} AS t"
        );
        var lines = await portal.ColumnAsync<string>(string.Join(" UNION ALL ", parts));
        return new DatabaseImage(
            new SortedDictionary<string, string>(
                lines.ToDictionary(l => l.Split(' ')[0], l => l),
                StringComparer.Ordinal
            )
        );
    }

    /// <summary>The rows of a table.</summary>
    public int Rows(string table) => int.Parse(_tables[table].Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The names of the tables that differ.</summary>
    public IReadOnlyList<string> Changed(DatabaseImage since) =>
        [.. _tables.Where(t => since._tables[t.Key] != t.Value).Select(t => t.Key)];

    public static void AssertSame(DatabaseImage expected, DatabaseImage actual) =>
        Assert.Equal([], actual.Changed(expected));
}
