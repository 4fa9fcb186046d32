using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exports;

/// <summary>Asks for a list as a workbook, with a reason. Names and numbers in full wait for a second person (D-EXPORT, N-33).</summary>
/// <param name="Id">Made by the page: a second click is the same request.</param>
/// <param name="Language"><c>zh-CN</c> or <c>en</c>.</param>
public sealed record RequestExport(
    Guid Id,
    ExportQuestion Question,
    string Language,
    string? Reason,
    ExportedPersons Persons
) : ICommand<ExportState>
{
    public Permission Permission => Permission.ExportLists;
    public bool NeedsFreshFactor => Persons == ExportedPersons.Full;

    public async Task<Outcome<ExportState>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await scope.Db.ListExports.SingleOrDefaultAsync(e => e.Id == Id, ct) is { } known)
        {
            return known.OwnerId == scope.Actor.Id ? known.State : new Refusal(RefusalCode.NotFound);
        }
        var sheet = ExportSheets.Of(Question);
        if (!scope.Actor.May(sheet.Permission))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        // One at a time; the database says so too.
        if (
            await scope.Db.ListExports.AnyAsync(
                e =>
                    e.OwnerId == scope.Actor.Id
                    && (
                        e.State == ExportState.AwaitsApproval
                        || e.State == ExportState.Waiting
                        || e.State == ExportState.Running
                    ),
                ct
            )
        )
        {
            return new Refusal(RefusalCode.ExportUnderWay);
        }
        var rows = await sheet.CountAsync(scope.Db, scope.Actor, scope.Schemes, scope.Now, ct);
        var requested = ListExport.Request(
            Id,
            Question.List,
            Question.ToText(),
            Language,
            Reason,
            Persons,
            sheet.Permission,
            sheet.HasPersons,
            rows,
            scope.Actor,
            scope.Now
        );
        if (requested is not Outcome<ListExport>.Done { Value: var export })
        {
            return ((Outcome<ListExport>.Refused)requested).Refusal;
        }
        scope.Db.ListExports.Add(export);
        scope.Audit(
            "Export",
            Id,
            null,
            new
            {
                question = Question.ToJson(),
                export.Persons,
                rows,
                reason = export.Reason,
            }
        );
        return export.State;
    }
}

/// <summary>A second person agrees that a list goes out with names and numbers in full.</summary>
public sealed record ApproveExport(Guid Id) : ICommand<Unit>
{
    public Permission Permission => Permission.ApproveExports;
    public bool NeedsFreshFactor => true;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await ExportRows.ToCheck(scope.Db, scope.Actor).SingleOrDefaultAsync(e => e.Id == Id, ct) is not { } export)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (export.CheckedById == scope.Actor.Id && export.State != ExportState.Declined)
        {
            // The second click of the same answer.
            return new Unit();
        }
        var approved = export.Approve(scope.Actor, scope.Now);
        if (approved is Outcome<Unit>.Done)
        {
            scope.Audit("Export", Id, null, new { owner = export.OwnerName });
        }
        return approved;
    }
}

/// <summary>A second person does not agree, with a reason.</summary>
public sealed record DeclineExport(Guid Id, string? Reason) : ICommand<Unit>
{
    public Permission Permission => Permission.ApproveExports;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await ExportRows.ToCheck(scope.Db, scope.Actor).SingleOrDefaultAsync(e => e.Id == Id, ct) is not { } export)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (
            export.State == ExportState.Declined
            && export.CheckedById == scope.Actor.Id
            && export.DeclineReason == Reason?.Trim()
        )
        {
            return new Unit();
        }
        var declined = export.Decline(Reason, scope.Actor, scope.Now);
        if (declined is Outcome<Unit>.Done)
        {
            scope.Audit("Export", Id, null, new { owner = export.OwnerName, reason = export.DeclineReason });
        }
        return declined;
    }
}

/// <summary>The owner gives an export up, or has its file deleted before its time.</summary>
public sealed record CancelExport(Guid Id) : ICommand<Unit>
{
    public Permission Permission => Permission.ExportLists;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await ExportRows.FindAsync(scope, Id, ct) is not { } export)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (export.State == ExportState.Cancelled && export.OwnerId == scope.Actor.Id)
        {
            return new Unit();
        }
        var cancelled = export.Cancel(scope.Actor, scope.Now);
        if (cancelled is Outcome<Unit>.Done)
        {
            await scope.Db.ListExportParts.Where(p => p.ExportId == Id).ExecuteDeleteAsync(ct);
            scope.Audit("Export", Id, null);
        }
        return cancelled;
    }
}

/// <summary>The owner downloads the file. Every time is an entry of the trail.</summary>
public sealed record DownloadExport(Guid Id) : ICommand<ExportFile>
{
    public Permission Permission => Permission.ExportLists;

    public async Task<Outcome<ExportFile>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (await ExportRows.FindAsync(scope, Id, ct) is not { } export)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        // A right that is gone since takes the file with it.
        if (!scope.Actor.May(ExportSheets.Of(ExportQuestion.Parse(export.Question)).Permission))
        {
            return new Refusal(RefusalCode.NotPermitted);
        }
        if (export.CheckDownload(scope.Actor, scope.Now) is { } refusal)
        {
            return refusal;
        }
        scope.Audit("Export", Id, null, new { export.WrittenRows, export.Digest });
        return new ExportFile(
            Id,
            export.Attempt,
            export.Parts!.Value,
            export.Size!.Value,
            export.List,
            export.EndedAt!.Value
        );
    }
}

internal static class ExportRows
{
    public static async Task<ListExport?> FindAsync(CommandScope scope, Guid id, CancellationToken ct) =>
        await scope.Db.ListExports.SingleOrDefaultAsync(e => e.Id == id, ct);

    /// <summary>Requests for names in full whose owner answers for no authority that the second person does not answer for.</summary>
    public static IQueryable<ListExport> ToCheck(PortalDb db, Actor actor) =>
        db
            .ListExports.Where(e => e.Persons == ExportedPersons.Full)
            .Where(e =>
                db.Users.Any(u => u.Id == e.OwnerId && u.Authorities.All(a => actor.Authorities.Contains(a.Authority)))
            );
}
