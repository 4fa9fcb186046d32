using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Accounts;

/// <summary>
/// An operator creates an account with its roles and without a password: the first administrators come from here. The
/// activation code is shown once; with it the person sets a password and enrols an authenticator.
/// </summary>
public sealed record CreateStaff(
    string? Badge,
    IReadOnlyList<Role> Roles,
    string? DisplayName,
    string? UnitName,
    IReadOnlyList<string> Authorities,
    string? IdNumber = null
) : ICommand<string>
{
    public Permission Permission => Permission.CreateStaff;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        if (Roles.Count == 0)
        {
            return new Refusal(RefusalCode.RoleUnknown, "role");
        }
        if (!Permissions.MayBeHeldTogether(Roles))
        {
            return new Refusal(RefusalCode.RolesExclusive, "role");
        }
        var facts = new AccountFacts(DisplayName, UnitName, Authorities);
        var opened = await NewAccounts.AddAsync(scope, Badge, facts, IdNumber, ct);
        if (opened is not Outcome<NewAccount>.Done { Value: var account })
        {
            return ((Outcome<NewAccount>.Refused)opened).Refusal;
        }
        var staff = account.Staff;
        scope.Db.Add(new StaffRealmRow { StaffId = staff.Id, Realm = Permissions.RealmOf(Roles[0]) });
        staff.Roles.AddRange(Roles.Distinct().Select(role => StaffRoleRow.Of(staff.Id, role)));
        scope.Audit(
            "Staff",
            staff.Id,
            null,
            new
            {
                badge = staff.UserName,
                Roles,
                Authorities,
            }
        );
        return account.Code;
    }
}

/// <summary>What the system administrator writes down about an account.</summary>
/// <param name="Authorities">Issuing authorities whose cases the person sees, once they have a role.</param>
public sealed record AccountFacts(string? DisplayName, string? UnitName, IReadOnlyList<string> Authorities)
{
    public const int NameLimit = 60;
    public const int UnitLimit = 100;

    /// <summary>What is wrong, at its field; null when nothing is.</summary>
    public Refusal? Fault() =>
        DisplayName?.Trim().Length > NameLimit ? new Refusal(RefusalCode.FieldTooLong, "name", NameLimit)
        : UnitName?.Trim().Length > UnitLimit ? new Refusal(RefusalCode.FieldTooLong, "unit", UnitLimit)
        : Authorities.FirstOrDefault(a => !PlateFormat.IsAuthority(a)) is { } wrong
            ? new Refusal(RefusalCode.AuthorityInvalid, "authorities", wrong)
        : null;

    /// <summary>Puts them on an account whose authorities are loaded.</summary>
    public void WriteTo(StaffUser staff)
    {
        staff.DisplayName = DisplayName?.Trim() is { Length: > 0 } name ? name : staff.UserName!;
        staff.Unit = UnitName?.Trim() ?? "";
        staff.Authorities.RemoveAll(a => !Authorities.Contains(a.Authority));
        staff.Authorities.AddRange(
            Authorities
                .Distinct()
                .Where(a => staff.Authorities.All(held => held.Authority != a))
                .Select(a => new StaffAuthorityRow { StaffId = staff.Id, Authority = a })
                .ToList()
        );
    }
}

/// <summary>An account that was opened, and the code that is shown this once.</summary>
public sealed record OpenedAccount(Guid StaffId, string ActivationCode);

/// <summary>
/// The system administrator opens an account without a role: what the person may do is the security administrator's to give.
/// </summary>
/// <param name="IdNumber">The person's own identity number, so that nobody is given their own case; stored as a key only.</param>
public sealed record OpenAccount(string? Badge, AccountFacts Facts, string? IdNumber) : ICommand<OpenedAccount>
{
    public Permission Permission => Permission.ManageAccounts;

    public async Task<Outcome<OpenedAccount>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var opened = await NewAccounts.AddAsync(scope, Badge, Facts, IdNumber, ct);
        if (opened is not Outcome<NewAccount>.Done { Value: var account })
        {
            return ((Outcome<NewAccount>.Refused)opened).Refusal;
        }
        var staff = account.Staff;
        scope.Audit("Staff", staff.Id, null, new { badge = staff.UserName, Facts.Authorities });
        return new OpenedAccount(staff.Id, account.Code);
    }
}

internal sealed record NewAccount(StaffUser Staff, string Code);

internal static class NewAccounts
{
    /// <summary>Adds an account without password and without roles.</summary>
    public static async Task<Outcome<NewAccount>> AddAsync(
        CommandScope scope,
        string? typedBadge,
        AccountFacts facts,
        string? idNumber,
        CancellationToken ct
    )
    {
        var badge = TypedText.HalfWidth(typedBadge);
        if (badge.Length is < 3 or > 20 || !badge.All(char.IsAsciiLetterOrDigit))
        {
            return new Refusal(RefusalCode.BadgeInvalid, "badge");
        }
        if (facts.Fault() is { } fault)
        {
            return fault;
        }
        ResidentId? person = null;
        if (!string.IsNullOrWhiteSpace(idNumber) && !ResidentId.TryParse(idNumber, out person))
        {
            return new Refusal(RefusalCode.IdNumberInvalid, "idNumber");
        }
        var normalized = badge.ToUpperInvariant();
        if (await scope.Db.Users.AnyAsync(s => s.NormalizedUserName == normalized, ct))
        {
            return new Refusal(RefusalCode.BadgeTaken, "badge", badge);
        }
        var staff = new StaffUser
        {
            Id = Guid.CreateVersion7(scope.Now),
            UserName = badge,
            NormalizedUserName = normalized,
            IsActive = true,
            LockoutEnabled = true,
            TwoFactorEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            PersonKey = person is null ? null : PersonalFields.IdNumberKey(scope.Cipher, person),
            OpenedAt = scope.Now,
        };
        facts.WriteTo(staff);
        var code = Activations.Issue(scope, staff);
        scope.Db.Users.Add(staff);
        return new NewAccount(staff, code);
    }
}
