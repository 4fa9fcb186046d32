using AdminPortal.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Accounts;

/// <summary>A member of staff. The user name is the badge number (警号).</summary>
public sealed class StaffUser : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";
    public string Unit { get; set; } = "";
    public bool IsActive { get; set; }

    /// <summary>Search key of the officer's own identity number, so that nobody is given their own case; null when unknown.</summary>
    public byte[]? PersonKey { get; set; }

    /// <summary>Sealed TOTP secret; null until enrolled.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>The last accepted TOTP time step: a code works once.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>HMAC of the one-time activation code; null once used.</summary>
    public byte[]? ActivationKey { get; set; }
    public DateTimeOffset? ActivationExpiresAt { get; set; }
    public bool PrefersEnglish { get; set; }

    /// <summary>When the account was opened, or opened again after it was closed or dormant: dormancy counts from here at the earliest.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>The last sign-in; null when there was none.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>Set by the job when the account was not used for long (D-DORMANT); cleared by the security administrator.</summary>
    public DateTimeOffset? DormantSince { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Why the account was closed; null while it is open.</summary>
    public string? ClosedReason { get; set; }
    public List<StaffRoleRow> Roles { get; set; } = [];
    public List<StaffAuthorityRow> Authorities { get; set; } = [];

    /// <summary>Password and code are not enough for an account that is closed, dormant or to be enrolled anew.</summary>
    public bool MaySignIn => IsActive && DormantSince is null && ActivationKey is null;

    /// <summary>Two acts on one account at once see each other: the later one starts again on what the first one left.</summary>
    public void Restamp() => ConcurrencyStamp = Guid.NewGuid().ToString("N");
}

/// <summary>A role a member of staff holds.</summary>
public sealed class StaffRoleRow
{
    public Guid StaffId { get; init; }
    public Role Role { get; init; }

    /// <summary>What the role belongs to; stored, so that the database holds that nobody has roles of two realms.</summary>
    public Realm Realm { get; private init; }

    public static StaffRoleRow Of(Guid staffId, Role role) =>
        new()
        {
            StaffId = staffId,
            Role = role,
            Realm = Permissions.RealmOf(role),
        };
}

/// <summary>The one realm a member of staff has roles of; there while there are roles.</summary>
public sealed class StaffRealmRow
{
    public Guid StaffId { get; init; }
    public Realm Realm { get; init; }
}

/// <summary>An issuing authority the member's unit answers for.</summary>
public sealed class StaffAuthorityRow
{
    public Guid StaffId { get; init; }
    public required string Authority { get; init; }
}

/// <summary>
/// A signed-in browser. The cookie holds only a random key, so signing out, disabling or expiry ends it at once everywhere.
/// </summary>
public sealed class SessionRow
{
    /// <summary>SHA-256 of the random key in the cookie.</summary>
    public required byte[] Id { get; init; }

    /// <summary>Names the session to people and to circuits; nothing can be entered with it.</summary>
    public Guid Handle { get; init; }
    public ActorKind Kind { get; init; }
    public Guid SubjectId { get; init; }

    /// <summary>The authentication ticket, sealed by the framework's data protection.</summary>
    public required byte[] Ticket { get; set; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The last request or act, to half a minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When a second factor was last proven in it; staff only. The sign-in counts (D-STEP-UP).</summary>
    public DateTimeOffset? FactorProvenAt { get; set; }

    /// <summary>Network address the session was started from; staff only.</summary>
    public string? Address { get; init; }

    /// <summary>Name of the browser and of its system; staff only.</summary>
    public string? Browser { get; init; }

    /// <summary>Keyed digest of address and browser; drivers only (D-LEAD-DEVICE). Neither can be read from it, and it goes with the session.</summary>
    public byte[]? DeviceKey { get; init; }
}

/// <summary>
/// A request for a sign-in code. One is written for unknown people too, with the same work, so that the answer tells nothing.
/// </summary>
public sealed class SignInCodeRow
{
    /// <summary>Wrong tries after which a code is burned.</summary>
    public const int Tries = 5;

    public Guid Id { get; init; }

    /// <summary>Search key of the identity number typed in, known or not; counts against flooding.</summary>
    public required byte[] IdNumberKey { get; init; }

    /// <summary>The driver, or null when nobody matched: such a code can never be right.</summary>
    public Guid? DriverId { get; init; }

    /// <summary>HMAC of the code with this request's id.</summary>
    public required byte[] CodeKey { get; init; }
    public DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public int TriesLeft { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class StaffMapping : IEntityTypeConfiguration<StaffUser>
{
    public void Configure(EntityTypeBuilder<StaffUser> builder)
    {
        builder.ToTable("staff");
        builder.Property(s => s.UserName).HasMaxLength(40).HasColumnName("badge");
        builder.Property(s => s.NormalizedUserName).HasMaxLength(40).HasColumnName("normalized_badge");
        builder.Property(s => s.DisplayName).HasMaxLength(60);
        builder.Property(s => s.Unit).HasMaxLength(100);
        builder.Property(s => s.PersonKey).HasMaxLength(32);
        builder.Property(s => s.ActivationKey).HasMaxLength(32);
        builder.Property(s => s.ClosedReason).HasMaxLength(RoleGrant.TextLimit);
        builder.HasMany(s => s.Roles).WithOne().HasForeignKey(r => r.StaffId);
        builder.HasMany(s => s.Authorities).WithOne().HasForeignKey(a => a.StaffId);
    }
}

internal sealed class StaffRoleMapping : IEntityTypeConfiguration<StaffRoleRow>
{
    public void Configure(EntityTypeBuilder<StaffRoleRow> builder)
    {
        builder.ToTable(
            "staff_roles",
            t =>
                t.HasCheckConstraint(
                    "ck_staff_roles_realm",
                    "(role_name = 'Auditor' AND realm = 'Audit') "
                        + "OR (role_name = 'SystemAdministrator' AND realm = 'System') "
                        + "OR (role_name = 'SecurityAdministrator' AND realm = 'Security') "
                        + "OR (role_name NOT IN ('Auditor', 'SystemAdministrator', 'SecurityAdministrator') AND realm = 'Work')"
                )
        );
        builder.HasKey(r => new { r.StaffId, r.Role });
        builder.Property(r => r.Role).HasColumnName("role_name");
        // With the one realm per person this keeps the three administrators apart, whoever writes.
        builder.HasOne<StaffRealmRow>().WithMany().HasForeignKey(r => new { r.StaffId, r.Realm });
    }
}

internal sealed class StaffRealmMapping : IEntityTypeConfiguration<StaffRealmRow>
{
    public void Configure(EntityTypeBuilder<StaffRealmRow> builder)
    {
        builder.ToTable("staff_realms");
        builder.HasKey(r => new { r.StaffId, r.Realm });
        builder.HasIndex(r => r.StaffId).IsUnique().HasDatabaseName("ux_staff_realms_one");
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(r => r.StaffId);
    }
}

internal sealed class RoleGrantMapping : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable(
            "role_grants",
            t =>
            {
                t.HasCheckConstraint(
                    "ck_role_grants_two_persons",
                    "proposed_by_id <> staff_id AND (checked_by_id IS NULL OR (checked_by_id <> proposed_by_id AND checked_by_id <> staff_id))"
                );
                t.HasCheckConstraint(
                    "ck_role_grants_checked",
                    "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) "
                        + "OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)"
                );
            }
        );
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.Property(g => g.Role).HasColumnName("role_name");
        builder.Property(g => g.Reason).HasMaxLength(RoleGrant.TextLimit);
        builder.Property(g => g.DeclineReason).HasMaxLength(RoleGrant.TextLimit);
        builder.Property(g => g.ProposedByName).HasMaxLength(40);
        builder.Property(g => g.ProposedByKey).HasMaxLength(32);
        builder.Property(g => g.CheckedByName).HasMaxLength(40);
        builder.Property(g => g.Version).IsConcurrencyToken();
        builder
            .HasIndex(g => new { g.StaffId, g.Role })
            .HasFilter("state = 'Proposed'")
            .IsUnique()
            .HasDatabaseName("ux_role_grants_one_proposal");
        builder.HasIndex(g => new { g.StaffId, g.ProposedAt });
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(g => g.StaffId);
    }
}

internal sealed class StaffAuthorityMapping : IEntityTypeConfiguration<StaffAuthorityRow>
{
    public void Configure(EntityTypeBuilder<StaffAuthorityRow> builder)
    {
        builder.ToTable("staff_authorities");
        builder.HasKey(a => new { a.StaffId, a.Authority });
        builder.Property(a => a.Authority).HasMaxLength(8);
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("sessions");
        builder.Property(s => s.Id).HasMaxLength(32).ValueGeneratedNever();
        builder.Property(s => s.Address).HasMaxLength(SessionOrigin.AddressLimit);
        builder.Property(s => s.Browser).HasMaxLength(SessionOrigin.BrowserLimit);
        builder.HasIndex(s => s.Handle).IsUnique();
        builder.HasIndex(s => s.SubjectId);
        builder.HasIndex(s => s.ExpiresAt);
        builder.Property(s => s.DeviceKey).HasMaxLength(32);
        // The search for leads moves along the one; the other finds who else signed in there.
        builder.HasIndex(s => s.StartedAt);
        builder.HasIndex(s => s.DeviceKey).HasFilter("device_key IS NOT NULL");
    }
}

internal sealed class SignInCodeMapping : IEntityTypeConfiguration<SignInCodeRow>
{
    public void Configure(EntityTypeBuilder<SignInCodeRow> builder)
    {
        builder.ToTable("sign_in_codes");
        builder.Property(c => c.IdNumberKey).HasMaxLength(32);
        builder.Property(c => c.CodeKey).HasMaxLength(32);
        builder.Property(c => c.TriesLeft).IsConcurrencyToken();
        builder.HasIndex(c => new { c.IdNumberKey, c.IssuedAt });
    }
}
