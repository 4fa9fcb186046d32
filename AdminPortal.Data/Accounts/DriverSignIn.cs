using System.Globalization;
using System.Security.Cryptography;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>
/// Asks for a sign-in code by name and identity number (S0-04). The answer is the same whether the person is known or not:
/// a request is written either way, and only a known person is sent a code. The id of a request follows from the one before it
/// for the same number, so of requests at the same moment one is written: the others find the primary key taken, run again and
/// find the number flooded.
/// </summary>
public sealed record RequestSignInCode(string? Name, string? IdNumber) : ICommand<Guid>
{
    /// <summary>How long a code may be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public Permission Permission => Permission.SignIn;

    public async Task<Outcome<Guid>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var name = TypedText.HalfWidth(Name);
        if (name.Length is 0 or > 60)
        {
            return new Refusal(RefusalCode.NameInvalid, "name");
        }
        if (!ResidentId.TryParse(IdNumber, out var id))
        {
            return new Refusal(RefusalCode.IdNumberInvalid, "idNumber");
        }
        var key = scope.Cipher.IdNumberKey(id);
        // Read before the flood is looked for: a request that comes in between shows there, a later one takes the id.
        var requestId = await NextIdAsync(scope, key, ct);
        if (await IsFloodedAsync(scope, key, ct))
        {
            return new Refusal(RefusalCode.TooManyMessages);
        }
        var nameKey = scope.Cipher.NameKey(name);
        var driver = await scope
            .Db.Drivers.Where(d => d.IdNumberKey == key && d.NameKey == nameKey)
            .Select(d => (Guid?)d.Id)
            .SingleOrDefaultAsync(ct);
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var request = new SignInCodeRow
        {
            Id = requestId,
            IdNumberKey = key,
            DriverId = driver,
            CodeKey = [],
            IssuedAt = scope.Now,
            ExpiresAt = scope.Now + Lifetime,
            TriesLeft = SignInCodeRow.Tries,
        };
        scope.Db.SignInCodes.Add(WithCode(scope, request, code));
        if (driver is { } known)
        {
            scope.Tell(known, [MessageChannel.Sms], MessageTemplate.SignInCode, code, (int)Lifetime.TotalMinutes);
        }
        scope.Audit("SignInCode", request.Id, driver);
        return request.Id;
    }

    /// <summary>One code a minute, five an hour, ten a day for one identity number, known or not.</summary>
    private static async Task<bool> IsFloodedAsync(CommandScope scope, byte[] key, CancellationToken ct)
    {
        var dayAgo = scope.Now.AddDays(-1);
        var issued = await scope
            .Db.SignInCodes.Where(c => c.IdNumberKey == key && c.IssuedAt > dayAgo)
            .Select(c => c.IssuedAt)
            .ToListAsync(ct);
        return issued.Count >= 10
            || issued.Count(at => at > scope.Now.AddHours(-1)) >= 5
            || issued.Any(at => at > scope.Now.AddMinutes(-1));
    }

    // Whoever read the same last request makes the same id. Nobody outside can: it is keyed.
    private static async Task<Guid> NextIdAsync(CommandScope scope, byte[] key, CancellationToken ct)
    {
        var last = await scope
            .Db.SignInCodes.Where(c => c.IdNumberKey == key)
            .OrderByDescending(c => c.IssuedAt)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefaultAsync(ct);
        var link = scope.Cipher.SearchKey("sign-in.request", $"{Convert.ToHexStringLower(key)}/{last:N}");
        return new Guid(link.AsSpan(0, 16));
    }

    private static SignInCodeRow WithCode(CommandScope scope, SignInCodeRow r, string code) =>
        new()
        {
            Id = r.Id,
            IdNumberKey = r.IdNumberKey,
            DriverId = r.DriverId,
            CodeKey = ConfirmSignInCode.KeyOf(scope, r.Id, code),
            IssuedAt = r.IssuedAt,
            ExpiresAt = r.ExpiresAt,
            TriesLeft = r.TriesLeft,
        };
}

/// <summary>
/// Confirms a code. A wrong one is a carried-out act too (it uses up a try), so it yields no driver instead of a refusal.
/// </summary>
public sealed record ConfirmSignInCode(Guid RequestId, string? Code) : ICommand<Guid?>
{
    public Permission Permission => Permission.SignIn;

    public async Task<Outcome<Guid?>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var request = await scope.Db.SignInCodes.SingleOrDefaultAsync(c => c.Id == RequestId, ct);
        if (request is null || request.UsedAt is not null || scope.Now >= request.ExpiresAt)
        {
            return new Refusal(RefusalCode.CodeExpired, "code");
        }
        if (request.TriesLeft == 0)
        {
            return new Refusal(RefusalCode.TooManyTries, "code");
        }
        request.TriesLeft--;
        var typed = TypedText.HalfWidth(Code).Replace(" ", "");
        var right = CryptographicOperations.FixedTimeEquals(KeyOf(scope, request.Id, typed), request.CodeKey);
        scope.Audit("SignInCode", request.Id, request.DriverId, new { right = right && request.DriverId is not null });
        if (!right || request.DriverId is not { } driver)
        {
            return (Guid?)null;
        }
        request.UsedAt = scope.Now;
        return driver;
    }

    internal static byte[] KeyOf(CommandScope scope, Guid requestId, string code) =>
        scope.Cipher.SearchKey("sign-in.code", $"{requestId:N}/{code}");
}
