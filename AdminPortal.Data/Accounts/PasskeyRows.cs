using AdminPortal.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data.Accounts;

/// <summary>A passkey of a member of staff. What is secret about it never leaves the authenticator.</summary>
public sealed class PasskeyRow
{
    public Guid Id { get; init; }
    public Guid StaffId { get; init; }

    /// <summary>1 to 5: with the unique index the database holds that nobody has more (D-PASSKEY).</summary>
    public int Slot { get; init; }

    /// <summary>Names the credential to the authenticator.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>COSE key, as the framework checks signatures with.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What the authenticator counted at its last use; 0 for those that do not count.</summary>
    public long SignCount { get; set; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>How the browser reaches it, separated by commas.</summary>
    public string Transports { get; init; } = "";

    /// <summary>True when its maker lets it be copied to other devices of its owner.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>True when it was copied, at its last use.</summary>
    public bool IsBackedUp { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>
/// A question to an authenticator that was answered, well or not: none is answered twice, not even by two at once, because its id
/// stands here once. Kept until the question is too old anyway.
/// </summary>
public sealed class SpentChallengeRow
{
    public Guid Id { get; init; }
    public DateTimeOffset SpentAt { get; init; }
}

internal sealed class PasskeyMapping : IEntityTypeConfiguration<PasskeyRow>
{
    public void Configure(EntityTypeBuilder<PasskeyRow> builder)
    {
        builder.ToTable(
            "staff_passkeys",
            t => t.HasCheckConstraint("ck_staff_passkeys_slot", $"slot BETWEEN 1 AND {Passkeys.MostPerPerson}")
        );
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.CredentialId).HasMaxLength(Passkeys.CredentialLimit);
        builder.Property(p => p.PublicKey).HasMaxLength(2000);
        builder.Property(p => p.Name).HasMaxLength(Passkeys.NameLimit);
        builder.Property(p => p.Transports).HasMaxLength(100);
        builder.HasIndex(p => p.CredentialId).IsUnique().HasDatabaseName("ux_staff_passkeys_credential");
        builder.HasIndex(p => new { p.StaffId, p.Slot }).IsUnique().HasDatabaseName("ux_staff_passkeys_slot");
        builder.HasIndex(p => new { p.StaffId, p.Name }).IsUnique().HasDatabaseName("ux_staff_passkeys_name");
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(p => p.StaffId);
    }
}

internal sealed class SpentChallengeMapping : IEntityTypeConfiguration<SpentChallengeRow>
{
    public void Configure(EntityTypeBuilder<SpentChallengeRow> builder)
    {
        builder.ToTable("spent_challenges");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.HasIndex(c => c.SpentAt);
    }
}
