using AdminPortal.Data.Casework;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.MyData;

// Who did what about the driver: only in the copy; on the pages it is paged.
internal sealed partial class PersonalDataReader
{
    public async Task<IReadOnlyList<PersonalTable>> TrailAsync(CancellationToken ct) =>
        [
            await AccessesAsync("Accesses", AccessBy.Others, ct),
            await AccessesAsync("OwnActs", AccessBy.Me, ct),
            await AccessesAsync("ProductActs", AccessBy.Product, ct),
        ];

    private async Task<PersonalTable> AccessesAsync(string name, AccessBy by, CancellationToken ct)
    {
        var entries = await Accesses.Of(db, driverId, by).ToListAsync(ct);
        var acts = await Accesses.ReadAsync(db, entries, ct);
        return PersonalTable.Of(
            name,
            "At By Unit Roles Did CaseNumber",
            acts.Select(a =>
                new object?[]
                {
                    a.At,
                    a.By,
                    a.Unit,
                    a.Roles.Cast<object>().ToArray(),
                    new ActName(a.Act),
                    a.CaseId is { } id ? CaseNumber.Of(id) : null,
                }
            )
        );
    }
}

/// <summary>The name of a command as a value: pages and files put the driver's words for it in its place.</summary>
public sealed record ActName(string Name)
{
    public override string ToString() => Name;
}
