using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Leads;

/// <summary>A lead as an officer sees it; the driver masked.</summary>
/// <param name="Round">What else happened in the round; null for a device.</param>
/// <param name="ReferencePhotoId">Shown beside a photo; null for leads that are not about one.</param>
/// <param name="Photos">Those of the evidence that are still stored.</param>
/// <param name="Others">Leads about other drivers with the same photo, by their round; those the officer may see.</param>
/// <param name="Entry">Where the blacklist entry stands that it led to.</param>
/// <param name="MayClose">Null when the viewer may close it; else why not.</param>
public sealed record LeadDesk(
    Lead Lead,
    string MaskedName,
    string MaskedIdNumber,
    RoundView? Round,
    Guid? ReferencePhotoId,
    IReadOnlyList<Guid> Photos,
    IReadOnlyDictionary<Guid, Guid> Others,
    BlacklistState? Entry,
    Refusal? MayClose,
    Guid ViewerId
);

/// <summary>Opens a lead. Looking is an act: it is recorded before anything is shown (N-33).</summary>
public sealed record ViewLead(Guid LeadId) : ICommand<LeadDesk>
{
    public Permission Permission => Permission.WorkLeads;

    public async Task<Outcome<LeadDesk>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var lead = await LeadRows.Visible(db, scope.Actor).AsNoTracking().SingleOrDefaultAsync(l => l.Id == LeadId, ct);
        if (lead is null)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var driver = await db.Drivers.AsNoTracking().SingleAsync(d => d.Id == lead.DriverId, ct);
        if (scope.Actor.IsPerson(driver.IdNumberKey))
        {
            return new Refusal(RefusalCode.OwnCase);
        }
        var photos = lead.Evidence.Traces.Where(t => t.PhotoId is not null).Select(t => t.PhotoId!.Value).ToList();
        var stored = await db
            .Photos.Where(p => p.DriverId == lead.DriverId && photos.Contains(p.Id))
            .Select(p => p.Id)
            .ToListAsync(ct);
        var rounds = lead.Evidence.Traces.Select(t => t.OtherRound).Where(r => r is not null).ToList();
        var others = await LeadRows
            .Visible(db, scope.Actor)
            .Where(l => l.Kind == LeadKind.RepeatedPhoto && rounds.Contains(l.RoundId))
            .OrderBy(l => l.FoundAt)
            .Select(l => new { l.RoundId, l.Id })
            .ToListAsync(ct);
        var entry = await db
            .BlacklistEntries.Where(e => e.Id == lead.EntryId)
            .Select(e => (BlacklistState?)e.State)
            .SingleOrDefaultAsync(ct);
        scope.Audit("Lead", lead.Id, lead.DriverId, new { lead.Kind });
        return new LeadDesk(
            lead,
            Mask.Name(scope.Cipher.OpenName(driver.Name)),
            Mask.IdNumber(scope.Cipher.OpenIdNumber(driver.IdNumber)),
            lead.RoundId is { } round ? await RoundView.ReadAsync(db, scope.Schemes, round, ct) : null,
            lead.Kind == LeadKind.RepeatedPhoto ? driver.ReferencePhotoId : null,
            stored,
            others.DistinctBy(o => o.RoundId).ToDictionary(o => o.RoundId!.Value, o => o.Id),
            entry,
            lead.Check(driver.IdNumberKey, scope.Actor),
            scope.Actor.Id
        );
    }
}

/// <summary>Opens one photo of a lead: one of the evidence, or the reference photo beside it. Every look is recorded (N-33).</summary>
public sealed record ViewLeadPhoto(Guid LeadId, Guid PhotoId) : ICommand<Guid>
{
    public Permission Permission => Permission.WorkLeads;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (
            await LeadRows.OfAsync(scope, LeadId, ct) is not ({ Kind: LeadKind.RepeatedPhoto } lead, var personKey)
            || scope.Actor.IsPerson(personKey)
        )
        {
            return new Refusal(RefusalCode.NotFound);
        }
        var isEvidence = lead.Evidence.Traces.Any(t => t.PhotoId == PhotoId);
        var belongs = await scope.Db.Photos.AnyAsync(
            p =>
                p.Id == PhotoId
                && p.DriverId == lead.DriverId
                && (isEvidence || scope.Db.Drivers.Any(d => d.Id == lead.DriverId && d.ReferencePhotoId == p.Id)),
            ct
        );
        if (!belongs)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        scope.Audit("Photo", PhotoId, lead.DriverId, new { lead = LeadId });
        return PhotoId;
    }
}
