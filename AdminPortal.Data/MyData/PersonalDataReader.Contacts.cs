using AdminPortal.Data.Messages;
using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

// What the driver was told, how they signed in, and which copies they took.
internal sealed partial class PersonalDataReader
{
    private async Task<PersonalTable> MessagesAsync(CancellationToken ct)
    {
        var messages = await Inbox.Of(db, driverId).AsNoTracking().ToListAsync(ct);
        var ways = await (
            from delivery in db.Deliveries
            join message in db.Messages on delivery.MessageId equals message.Id
            where message.DriverId == driverId
            select new { delivery.MessageId, delivery.Channel }
        ).ToListAsync(ct);
        var channels = ways.ToLookup(w => w.MessageId, w => (object)w.Channel);
        var shown = await Inbox.ShownAsync(db, messages, cipher, english, ct);
        return PersonalTable.Of(
            "Messages",
            "At Text Channels ReadAt",
            messages.Select((m, i) => new object?[] { m.At, shown[i].Text, channels[m.Id].Order().ToArray(), m.ReadAt })
        );
    }

    private async Task<PersonalTable> CodesAsync(CancellationToken ct)
    {
        // By the number they were asked for with: that is what the index knows.
        var codes = await db
            .SignInCodes.AsNoTracking()
            .Where(c =>
                db.Drivers.Any(d => d.Id == driverId && d.IdNumberKey == c.IdNumberKey) && c.DriverId == driverId
            )
            .OrderByDescending(c => c.IssuedAt)
            .ThenBy(c => c.Id)
            .Select(c => new { c.IssuedAt, c.UsedAt })
            .ToListAsync(ct);
        return PersonalTable.Of(
            "SignInCodes",
            "IssuedAt UsedAt",
            codes.Select(c => new object?[] { c.IssuedAt, c.UsedAt })
        );
    }

    private async Task<PersonalTable> SessionsAsync(CancellationToken ct)
    {
        var sessions = await db
            .Sessions.AsNoTracking()
            .Where(s => s.SubjectId == driverId && s.Kind == ActorKind.Driver)
            .OrderByDescending(s => s.StartedAt)
            .Select(s => new
            {
                s.StartedAt,
                s.ExpiresAt,
                s.DeviceKey,
            })
            .ToListAsync(ct);
        return PersonalTable.Of(
            "Sessions",
            "StartedAt ExpiresAt DeviceKey",
            sessions.Select(s =>
                new object?[]
                {
                    s.StartedAt,
                    s.ExpiresAt,
                    s.DeviceKey is { } key ? Show(hex => hex[..8], Convert.ToHexStringLower(key)) : null,
                }
            )
        );
    }

    private async Task<PersonalTable> ExportsAsync(CancellationToken ct)
    {
        var exports = await db
            .DataExports.AsNoTracking()
            .Where(e => e.DriverId == driverId)
            .OrderByDescending(e => e.Number)
            .ToListAsync(ct);
        return PersonalTable.Of("Exports", "At Format", exports.Select(e => new object?[] { e.At, e.Format }));
    }
}
