using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Casework;

/// <summary>A view of the queue an officer comes back to: the page's query string under a name.</summary>
public sealed class SavedViewRow
{
    /// <summary>The most views one officer keeps; a place is one of 1 … this.</summary>
    public const int Most = 8;

    /// <summary>The longest name, in characters.</summary>
    public const int NameLimit = 20;

    /// <summary>The longest query string, in characters.</summary>
    public const int QueryLimit = 300;

    public Guid OfficerId { get; init; }
    public int Place { get; init; }
    public required string Name { get; init; }
    public required string Query { get; set; }
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedViewRow>
{
    public void Configure(EntityTypeBuilder<SavedViewRow> builder)
    {
        builder.ToTable(
            "saved_views",
            t => t.HasCheckConstraint("ck_saved_views_place", $"place BETWEEN 1 AND {SavedViewRow.Most}")
        );
        builder.HasKey(v => new { v.OfficerId, v.Place });
        builder.Property(v => v.Place).ValueGeneratedNever();
        builder.Property(v => v.Name).HasMaxLength(SavedViewRow.NameLimit);
        builder.Property(v => v.Query).HasMaxLength(SavedViewRow.QueryLimit);
        builder.HasIndex(v => new { v.OfficerId, v.Name }).IsUnique();
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(v => v.OfficerId);
    }
}

/// <summary>Keeps a view of the queue under a name; the same name again replaces it.</summary>
/// <param name="Query">The page's query string as the page itself writes it, with its question mark, or empty.</param>
public sealed record SaveView(string? Name, string Query) : ICommand<Unit>
{
    public Permission Permission => Permission.ViewReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var name = Name?.Trim() ?? "";
        if (name.Length == 0)
        {
            return new Refusal(RefusalCode.FieldRequired, "name");
        }
        if (name.Length > SavedViewRow.NameLimit || Query.Length > SavedViewRow.QueryLimit)
        {
            return new Refusal(RefusalCode.FieldTooLong, "name", SavedViewRow.NameLimit);
        }
        var (db, officer) = (scope.Db, scope.Actor.Id);
        var kept = await db.SavedViews.Where(v => v.OfficerId == officer).ToListAsync(ct);
        if (kept.SingleOrDefault(v => v.Name == name) is { } same)
        {
            if (same.Query != Query)
            {
                same.Query = Query;
                scope.Audit("SavedView", same.Place, null);
            }
            return new Unit();
        }
        var place = Enumerable.Range(1, SavedViewRow.Most).FirstOrDefault(free => kept.All(v => v.Place != free));
        if (place == 0)
        {
            return new Refusal(RefusalCode.TooManyViews, "name", SavedViewRow.Most);
        }
        db.SavedViews.Add(
            new SavedViewRow
            {
                OfficerId = officer,
                Place = place,
                Name = name,
                Query = Query,
            }
        );
        scope.Audit("SavedView", place, null);
        return new Unit();
    }
}

/// <summary>Forgets a view of the queue; one that is gone is gone.</summary>
public sealed record ForgetView(int Place) : ICommand<Unit>
{
    public Permission Permission => Permission.ViewReviews;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var officer = scope.Actor.Id;
        var view = await scope.Db.SavedViews.SingleOrDefaultAsync(v => v.OfficerId == officer && v.Place == Place, ct);
        if (view is not null)
        {
            scope.Db.SavedViews.Remove(view);
            scope.Audit("SavedView", Place, null);
        }
        return new Unit();
    }
}

/// <summary>The views an officer keeps.</summary>
public sealed class SavedViewPages(IDbContextFactory<PortalDb> databases)
{
    public async Task<IReadOnlyList<SavedViewRow>> ReadAsync(Guid officerId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .SavedViews.AsNoTracking()
            .Where(v => v.OfficerId == officerId)
            .OrderBy(v => v.Place)
            .ToListAsync(ct);
    }
}
