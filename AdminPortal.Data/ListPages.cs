using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data;

/// <summary>
/// Pages of the officers' lists. Where what waits for somebody stands before the rest, the two are read one behind the other, each in
/// the order of its own index: one query that sorted them together would read everything to show fifty lines.
/// </summary>
internal static class ListPages
{
    /// <summary>Deeper pages nobody turns to; a huge number in an address would only overflow the offset.</summary>
    private const int Deepest = 10_000;

    /// <summary>A page of one list.</summary>
    /// <param name="ordered">All of it, in its order.</param>
    /// <param name="page">1, 2, 3 …</param>
    /// <param name="size">How many lines a page has.</param>
    public static async Task<(IReadOnlyList<T> Lines, bool HasMore)> ReadAsync<T>(
        IQueryable<T> ordered,
        int page,
        int size,
        CancellationToken ct
    )
    {
        var lines = await ordered.Skip(Offset(page, size)).Take(size + 1).ToListAsync(ct);
        return ([.. lines.Take(size)], lines.Count > size);
    }

    /// <summary>A page of two lists, one behind the other.</summary>
    /// <param name="first">The list that comes first, in its order.</param>
    /// <param name="length">How many lines it has.</param>
    /// <param name="others">The other list, in its order.</param>
    /// <param name="page">1, 2, 3 …</param>
    /// <param name="size">How many lines a page has.</param>
    public static async Task<(IReadOnlyList<T> Lines, bool HasMore)> ReadAsync<T>(
        IQueryable<T> first,
        int length,
        IQueryable<T> others,
        int page,
        int size,
        CancellationToken ct
    )
    {
        var offset = Offset(page, size);
        var lines = offset < length ? await first.Skip(offset).Take(size + 1).ToListAsync(ct) : [];
        if (lines.Count <= size)
        {
            lines.AddRange(
                await others.Skip(Math.Max(offset - length, 0)).Take(size + 1 - lines.Count).ToListAsync(ct)
            );
        }
        return ([.. lines.Take(size)], lines.Count > size);
    }

    /// <summary>How many lines stand before a page.</summary>
    public static int Offset(int page, int size) => (Math.Clamp(page, 1, Deepest) - 1) * size;
}
