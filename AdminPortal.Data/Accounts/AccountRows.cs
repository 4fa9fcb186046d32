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
    public List<StaffRoleRow> Roles { get; set; } = [];
    public List<StaffAuthorityRow> Authorities { get; set; } = [];
}

/// <summary>A role a member of staff holds.</summary>
public sealed class StaffRoleRow
{
    public Guid StaffId { get; init; }
    public Role Role { get; init; }
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
    public ActorKind Kind { get; init; }
    public Guid SubjectId { get; init; }

    /// <summary>The authentication ticket, sealed by the framework's data protection.</summary>
    public required byte[] Ticket { get; set; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; set; }
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
        builder.HasMany(s => s.Roles).WithOne().HasForeignKey(r => r.StaffId);
        builder.HasMany(s => s.Authorities).WithOne().HasForeignKey(a => a.StaffId);
    }
}

internal sealed class StaffRoleMapping : IEntityTypeConfiguration<StaffRoleRow>
{
    public void Configure(EntityTypeBuilder<StaffRoleRow> builder)
    {
        builder.ToTable("staff_roles");
        builder.HasKey(r => new { r.StaffId, r.Role });
        builder.Property(r => r.Role).HasColumnName("role_name");
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
        builder.HasIndex(s => s.SubjectId);
        builder.HasIndex(s => s.ExpiresAt);
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
