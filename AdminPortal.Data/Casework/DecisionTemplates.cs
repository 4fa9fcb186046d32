using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Casework;

/// <summary>The ready-made reasons for one outcome of one kind of case under one scheme, in the words of a supervisor.</summary>
public sealed class DecisionTemplateRow
{
    /// <summary>The most reasons of one outcome: each has a number key.</summary>
    public const int Most = 5;

    /// <summary>The longest reason, in characters.</summary>
    public const int TextLimit = 200;

    public required string SchemeId { get; init; }
    public CaseKind Kind { get; init; }
    public bool Uphold { get; init; }

    /// <summary>In the order of their keys; empty: the product's own reasons stand.</summary>
    public required List<string> Texts { get; set; }

    /// <summary>Badge of who worded them last.</summary>
    public required string EditedByName { get; set; }
    public DateTimeOffset EditedAt { get; set; }

    /// <summary>Optimistic concurrency: a change names the version it was made on.</summary>
    public int Version { get; set; }
}

internal sealed class DecisionTemplateMapping : IEntityTypeConfiguration<DecisionTemplateRow>
{
    public void Configure(EntityTypeBuilder<DecisionTemplateRow> builder)
    {
        builder.ToTable("decision_templates");
        builder.HasKey(t => new
        {
            t.SchemeId,
            t.Kind,
            t.Uphold,
        });
        builder.Property(t => t.SchemeId).HasMaxLength(10);
        builder.Property(t => t.EditedByName).HasMaxLength(40);
        builder.Property(t => t.Version).IsConcurrencyToken();
    }
}

/// <summary>
/// A supervisor words the ready-made reasons of an outcome. They are a beginning for the officer, who answers for the text; what
/// was decided before keeps its words. Only for schemes of one's own authorities.
/// </summary>
/// <param name="Texts">In the order of their keys; empty lines are left out, and none at all brings the product's own back.</param>
/// <param name="SeenVersion">The version the change was made on; 0 when there was none.</param>
public sealed record EditTemplates(
    string SchemeId,
    CaseKind Kind,
    bool Uphold,
    IReadOnlyList<string> Texts,
    int SeenVersion
) : ICommand<int>
{
    public Permission Permission => Permission.EditTemplates;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        if (!(await TemplatePages.SchemesAsync(db, scope.Actor, scope.Today, ct)).Contains(SchemeId))
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var texts = Texts.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct().ToList();
        if (texts.Count > DecisionTemplateRow.Most || texts.Any(t => t.Length > DecisionTemplateRow.TextLimit))
        {
            return new Refusal(RefusalCode.FieldTooLong, "texts", DecisionTemplateRow.TextLimit);
        }
        var row = await db.DecisionTemplates.SingleOrDefaultAsync(
            t => t.SchemeId == SchemeId && t.Kind == Kind && t.Uphold == Uphold,
            ct
        );
        var version = row?.Version ?? 0;
        if (row is not null && row.Texts.SequenceEqual(texts))
        {
            // The second click, or nothing changed: the same success.
            return version;
        }
        if (version != SeenVersion)
        {
            return new Refusal(RefusalCode.Stale, null, row?.EditedByName ?? "", row?.EditedAt ?? scope.Now);
        }
        if (row is null)
        {
            row = new DecisionTemplateRow
            {
                SchemeId = SchemeId,
                Kind = Kind,
                Uphold = Uphold,
                Texts = texts,
                EditedByName = scope.Actor.Name,
            };
            db.DecisionTemplates.Add(row);
        }
        (row.Texts, row.EditedByName, row.EditedAt, row.Version) = (texts, scope.Actor.Name, scope.Now, version + 1);
        // Not personal: the words themselves belong into the trail.
        scope.Audit("DecisionTemplates", Name, null, new { version = row.Version, texts });
        return row.Version;
    }

    private string Name => $"{SchemeId}/{Kind}/{(Uphold ? "uphold" : "reject")}";
}

/// <summary>What a supervisor may word.</summary>
/// <param name="Schemes">Schemes of the officer's authorities, by id.</param>
/// <param name="Sets">Every set of reasons worded for them.</param>
public sealed record TemplateBook(IReadOnlyList<string> Schemes, IReadOnlyList<DecisionTemplateRow> Sets);

/// <summary>The reasons a supervisor worded.</summary>
public sealed class TemplatePages(IDbContextFactory<PortalDb> databases, TimeProvider clock)
{
    /// <summary>Null when the actor may not word them.</summary>
    public async Task<TemplateBook?> ReadAsync(ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Actors.ReadAsync(db, who, ct) is not { } actor || !actor.May(Permission.EditTemplates))
        {
            return null;
        }
        var schemes = await SchemesAsync(db, actor, ChinaTime.DateOf(clock.GetUtcNow()), ct);
        return new TemplateBook(
            schemes,
            await db.DecisionTemplates.AsNoTracking().Where(t => schemes.Contains(t.SchemeId)).ToListAsync(ct)
        );
    }

    internal static async Task<List<string>> SchemesAsync(
        PortalDb db,
        Actor actor,
        DateOnly today,
        CancellationToken ct
    ) =>
        await db
            .Authorities.Where(a => actor.Authorities.Contains(a.Authority) && a.From <= today)
            .Select(a => a.SchemeId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(ct);

    /// <summary>What is worded for one kind under one scheme, by outcome; an outcome that is missing has the product's own.</summary>
    internal static async Task<IReadOnlyDictionary<bool, IReadOnlyList<string>>> OfAsync(
        PortalDb db,
        string schemeId,
        CaseKind kind,
        CancellationToken ct
    )
    {
        var sets = await db
            .DecisionTemplates.AsNoTracking()
            .Where(t => t.SchemeId == schemeId && t.Kind == kind)
            .ToListAsync(ct);
        return sets.Where(t => t.Texts.Count > 0).ToDictionary(t => t.Uphold, t => (IReadOnlyList<string>)t.Texts);
    }
}
