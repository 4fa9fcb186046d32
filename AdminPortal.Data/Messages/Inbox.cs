using AdminPortal.Data.Commands;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Messages;

/// <summary>A message in the driver's inbox.</summary>
/// <param name="IsRead">Whether the driver had opened the inbox with it before.</param>
public sealed record DriverMessage(Guid Id, DateTimeOffset At, string Text, bool IsRead);

/// <summary>The inbox on the site: what a driver was told, newest first; sign-in codes stand elsewhere.</summary>
public sealed class Inbox(IDbContextFactory<PortalDb> databases)
{
    /// <summary>How many messages wait to be read.</summary>
    public async Task<int> UnreadAsync(Guid driverId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Messages.CountAsync(
            m => m.DriverId == driverId && m.ReadAt == null && m.Template != MessageTemplate.SignInCode,
            ct
        );
    }

    /// <summary>The inbox in its one order: newest first, messages of one act in the reverse of how they were written.</summary>
    internal static IQueryable<MessageRow> Of(PortalDb db, Guid driverId) =>
        db
            .Messages.Where(m => m.DriverId == driverId && m.Template != MessageTemplate.SignInCode)
            .OrderByDescending(m => m.At)
            .ThenByDescending(m => m.Ordinal)
            .ThenByDescending(m => m.Id);

    /// <summary>Messages as they were sent: each in the wording of its time.</summary>
    internal static async Task<IReadOnlyList<DriverMessage>> ShownAsync(
        PortalDb db,
        IReadOnlyList<MessageRow> messages,
        FieldCipher cipher,
        bool english,
        CancellationToken ct
    )
    {
        var wordings = await TextReads.WordingsAsync(db, messages, ct);
        return
        [
            .. messages.Select(message =>
            {
                var wording = message.TextVersionId is { } id ? wordings[id] : null;
                return new DriverMessage(
                    message.Id,
                    message.At,
                    MessageTexts.Text(
                        message.Template,
                        MessageFacts.Open(cipher, message.Facts, english),
                        english,
                        english ? wording?.En : wording?.Zh
                    ),
                    message.ReadAt is not null
                );
            }),
        ];
    }
}

/// <summary>Opens the inbox: what is shown is read from now on; the answer still tells what was new.</summary>
public sealed record OpenInbox(bool English) : ICommand<IReadOnlyList<DriverMessage>>
{
    /// <summary>As many as one page shows.</summary>
    private const int Shown = 100;

    public Permission Permission => Permission.ActAsDriver;

    /// <summary>The time of reading stands in the message itself.</summary>
    public bool IsAudited => false;

    public async Task<Outcome<IReadOnlyList<DriverMessage>>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var rows = await Inbox.Of(scope.Db, scope.Actor.Id).Take(Shown).ToListAsync(ct);
        var messages = await Inbox.ShownAsync(scope.Db, rows, scope.Cipher, English, ct);
        foreach (var row in rows.Where(m => m.ReadAt is null))
        {
            row.ReadAt = scope.Now;
        }
        if (rows.Count == Shown)
        {
            // Older ones are shown nowhere: they would be counted as new for ever.
            var last = rows[^1].At;
            await scope
                .Db.Messages.Where(m => m.DriverId == scope.Actor.Id && m.ReadAt == null && m.At < last)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReadAt, scope.Now), ct);
        }
        return new Outcome<IReadOnlyList<DriverMessage>>.Done(messages);
    }
}
