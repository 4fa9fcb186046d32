using AdminPortal.Data.Accounts;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Commands;

/// <summary>
/// The one way to change anything: who, may they, is their second factor fresh, transaction, act, audit entry, commit. When another act got in between
/// (a stale version or a unique index), the act starts again from what is stored now and then says what it finds.
/// </summary>
public sealed class CommandRunner(
    IDbContextFactory<PortalDb> databases,
    TimeProvider clock,
    FieldCipher cipher,
    SchemeCatalogue schemes,
    AuditChain audit
)
{
    // As many as can be ahead in a queue for one row: fifty tries at one account leave five changes before it is locked.
    private const int Tries = 25;

    public async Task<Outcome<T>> RunAsync<T>(ICommand<T> command, ActorRef who, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(command, who, ct);
            }
            catch (Exception e) when (attempt < Tries && Conflicts.IsConflict(e))
            {
                // The act ran on a picture of the data that is no longer true: take a new one.
            }
        }
    }

    private async Task<Outcome<T>> TryAsync<T>(ICommand<T> command, ActorRef who, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = Now();
        if (await Actors.ReadAsync(db, who, ct) is not { } actor)
        {
            return new Refusal(RefusalCode.AccountDisabled);
        }
        if (!actor.May(command.Permission))
        {
            await RecordDenialAsync(db, actor, command.GetType().Name, command.Permission, now, ct);
            return new Refusal(RefusalCode.NotPermitted);
        }
        // Without a session it is no browser that asks, but the product on somebody's behalf: SignIns alone makes references.
        if (
            command.NeedsFreshFactor
            && who is { Kind: ActorKind.Staff, Session: { } session }
            && !await FreshFactors.AreFreshAsync(db, session, now, ct)
        )
        {
            return new Refusal(RefusalCode.FreshFactorNeeded);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var scope = new CommandScope(db, actor, now, cipher, schemes);
        var outcome = await command.RunAsync(scope, ct);
        if (outcome is Outcome<T>.Refused)
        {
            // Leaving without a commit takes everything back.
            return outcome;
        }
        await TextReads.StampAsync(db, scope.Told, ct);
        var changed = db.ChangeTracker.HasChanges();
        await db.SaveChangesAsync(ct);
        if (command.IsAudited && scope.Notes.Count == 0 && changed)
        {
            throw new InvalidOperationException($"{command.GetType().Name} changed something and left no audit entry.");
        }
        await audit.AppendAsync(db, actor, command.GetType().Name, now, scope.Notes, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    // A refused attempt of a member of staff is itself a fact for the auditor; it stands alone in its own transaction.
    private async Task RecordDenialAsync(
        PortalDb db,
        Actor actor,
        string act,
        Permission permission,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (actor.Kind != ActorKind.Staff)
        {
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var note = new AuditNote("Permission", permission.ToString(), null, $$"""{"denied":"{{act}}"}""");
        await audit.AppendAsync(db, actor, "Denied", now, [note], ct);
        await transaction.CommitAsync(ct);
    }

    // Whole milliseconds: both engines keep them exactly, so a stored instant equals the one that was taken.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
