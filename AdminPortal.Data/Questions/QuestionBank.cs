using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>What the acts on questions share.</summary>
internal static class QuestionBank
{
    /// <summary>
    /// Makes acts that take questions out of use wait for each other until they end: two that spare the last one each would
    /// otherwise leave a type without enough of them.
    /// </summary>
    public static async Task EnterAsync(PortalDb db, CancellationToken ct) =>
        await db.QuestionBank.ExecuteUpdateAsync(set => set.SetProperty(b => b.Changes, b => b.Changes + 1), ct);

    /// <summary>The questions in use against what the papers need. Read after <see cref="EnterAsync"/>.</summary>
    public static async Task<QuestionPools> PoolsAsync(CommandScope scope, CancellationToken ct)
    {
        var counts = await scope
            .Db.QuestionVersions.Where(q => q.State == QuestionState.Published)
            .GroupBy(q => q.Type)
            .Select(g => new { Type = g.Key, Count = g.Count() })
            .ToListAsync(ct);
        return new QuestionPools(
            counts.ToDictionary(c => c.Type, c => c.Count),
            scope.Schemes.All.Select(scheme => scheme.Paper.Value)
        );
    }

    /// <summary>The version, if it is there and nobody changed it since it was shown.</summary>
    /// <param name="revision">The one that was shown.</param>
    public static async Task<Outcome<QuestionVersion>> SeenAsync(
        CommandScope scope,
        Guid versionId,
        int revision,
        CancellationToken ct
    )
    {
        var version = await scope.Db.QuestionVersions.SingleOrDefaultAsync(q => q.Id == versionId, ct);
        return version is null ? new Refusal(RefusalCode.NotFound)
            : version.Revision != revision ? Drafting.Changed(version)
            : version;
    }

    /// <summary>Leaves the trace of an act; the content itself stays with the version.</summary>
    public static void Audit(CommandScope scope, QuestionVersion version) =>
        scope.Audit("Question", version.QuestionId, null, new { version = version.Number, version.State });
}
