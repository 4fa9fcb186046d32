using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Applications;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Calendar;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exports;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Jobs;
using AdminPortal.Data.Messages;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Points;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Exports;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Reviews;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Sections;
using AdminPortal.Domain.Texts;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPortal.Data;

/// <summary>The one model. Each engine has its own migrations, so it is opened as one of the two classes below.</summary>
public abstract class PortalDb(DbContextOptions options) : IdentityUserContext<StaffUser, Guid>(options)
{
    public DbSet<DriverRow> Drivers => Set<DriverRow>();
    public DbSet<LicenceRow> Licences => Set<LicenceRow>();
    public DbSet<DriverEntryRow> DriverEntries => Set<DriverEntryRow>();
    public DbSet<VehicleRow> Vehicles => Set<VehicleRow>();
    public DbSet<ViolationRow> Violations => Set<ViolationRow>();
    public DbSet<PenaltyChangeRow> PenaltyChanges => Set<PenaltyChangeRow>();
    public DbSet<AuthorityRow> Authorities => Set<AuthorityRow>();
    public DbSet<SchemeAssignment> SchemeAssignments => Set<SchemeAssignment>();
    public DbSet<TextVersion> TextVersions => Set<TextVersion>();
    public DbSet<ApplicationRow> Applications => Set<ApplicationRow>();
    public DbSet<Round> Rounds => Set<Round>();
    public DbSet<RoundDeadline> RoundDeadlines => Set<RoundDeadline>();
    public DbSet<StudyStretch> StudyStretches => Set<StudyStretch>();
    public DbSet<StudySession> StudySessions => Set<StudySession>();
    public DbSet<FaceChallengeRow> FaceChallenges => Set<FaceChallengeRow>();
    public DbSet<FaceCheckRow> FaceChecks => Set<FaceCheckRow>();
    public DbSet<PhotoRow> Photos => Set<PhotoRow>();
    public DbSet<IdPhotoRow> IdPhotoChecks => Set<IdPhotoRow>();
    public DbSet<CaseFileRow> CaseFiles => Set<CaseFileRow>();
    public DbSet<SavedViewRow> SavedViews => Set<SavedViewRow>();
    public DbSet<DecisionTemplateRow> DecisionTemplates => Set<DecisionTemplateRow>();
    public DbSet<FaceConsentRow> FaceConsents => Set<FaceConsentRow>();
    public DbSet<DataExportRow> DataExports => Set<DataExportRow>();
    public DbSet<FeedbackRow> FeedbackTickets => Set<FeedbackRow>();
    public DbSet<QuestionVersion> QuestionVersions => Set<QuestionVersion>();
    public DbSet<QuestionPictureRow> QuestionPictures => Set<QuestionPictureRow>();
    public DbSet<Remark> Remarks => Set<Remark>();
    public DbSet<RemarkedAnswer> RemarkedAnswers => Set<RemarkedAnswer>();
    public DbSet<QuestionBankRow> QuestionBank => Set<QuestionBankRow>();
    public DbSet<SectionVersion> SectionVersions => Set<SectionVersion>();
    public DbSet<StudyShelfRow> StudyShelf => Set<StudyShelfRow>();
    public DbSet<StudyVideoRow> StudyVideos => Set<StudyVideoRow>();
    public DbSet<StudyVideoFileRow> StudyVideoFiles => Set<StudyVideoFileRow>();
    public DbSet<StudyVideoPartRow> StudyVideoParts => Set<StudyVideoPartRow>();
    public DbSet<ExamAttempt> ExamAttempts => Set<ExamAttempt>();
    public DbSet<ExamItem> ExamItems => Set<ExamItem>();
    public DbSet<ExamAnswer> ExamAnswers => Set<ExamAnswer>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<CaseStep> CaseSteps => Set<CaseStep>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<ReductionRow> Reductions => Set<ReductionRow>();
    public DbSet<ReductionChangeRow> ReductionChanges => Set<ReductionChangeRow>();
    public DbSet<Attendance> Attendances => Set<Attendance>();
    public DbSet<Outage> Outages => Set<Outage>();
    public DbSet<ListExport> ListExports => Set<ListExport>();
    public DbSet<ListExportPartRow> ListExportParts => Set<ListExportPartRow>();
    public DbSet<OutageEffectRow> OutageEffects => Set<OutageEffectRow>();
    public DbSet<BlacklistEntry> BlacklistEntries => Set<BlacklistEntry>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<Appeal> Appeals => Set<Appeal>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<AuditRow> AuditEntries => Set<AuditRow>();
    public DbSet<AuditHeadRow> AuditHead => Set<AuditHeadRow>();
    public DbSet<CalendarYearRow> CalendarYears => Set<CalendarYearRow>();
    public DbSet<CalendarDayRow> CalendarDays => Set<CalendarDayRow>();
    public DbSet<JobRunRow> JobRuns => Set<JobRunRow>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<PasskeyRow> Passkeys => Set<PasskeyRow>();
    public DbSet<SpentChallengeRow> SpentChallenges => Set<SpentChallengeRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<SignInCodeRow> SignInCodes => Set<SignInCodeRow>();

    /// <summary>How long something took. In queries only; each engine has its own words for it.</summary>
    public static double MillisecondsBetween(DateTimeOffset from, DateTimeOffset to) =>
        throw new InvalidOperationException($"Only in a query: {from} to {to}.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // States are stored by name: readable in SQL, and safe against reordering an enum.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.MapFunctions(Database.IsSqlServer());
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.GetTableName() is { } table && table.StartsWith("AspNet", StringComparison.Ordinal))
            {
                entity.SetTableName(Snake(table.Replace("AspNetUser", "Staff")));
            }
            foreach (var key in entity.GetForeignKeys())
            {
                // Nothing here is deleted as a side effect of deleting something else.
                key.DeleteBehavior = DeleteBehavior.Restrict;
            }
            foreach (
                var property in entity.GetProperties().Where(p => p.FindAnnotation("Relational:ColumnName") is null)
            )
            {
                property.SetColumnName(Snake(property.Name));
            }
        }
    }

    // One spelling in both engines that needs no quotes, so that filters and checks are written once.
    private static string Snake(string name) => Regex.Replace(name, "(?<=[a-z0-9])([A-Z])", "_$1").ToLowerInvariant();
}

/// <summary>The model on PostgreSQL 14 or later.</summary>
public sealed class PostgreSqlPortalDb(DbContextOptions<PostgreSqlPortalDb> options) : PortalDb(options);

/// <summary>The model on SQL Server.</summary>
public sealed class SqlServerPortalDb(DbContextOptions<SqlServerPortalDb> options) : PortalDb(options);

internal static class MappingExtensions
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value that is read and written whole, as JSON text.</summary>
    public static PropertyBuilder<T> HasJsonText<T>(this PropertyBuilder<T> property)
        where T : notnull =>
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Json),
            text => JsonSerializer.Deserialize<T>(text, Json)!,
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Json) == JsonSerializer.Serialize(b, Json),
                value => JsonSerializer.Serialize(value, Json).GetHashCode(StringComparison.Ordinal),
                value => value
            )
        );

    /// <summary>A short list of small numbers, as text such as 2,0,3,1.</summary>
    public static PropertyBuilder<IReadOnlyList<int>> HasNumbers(this PropertyBuilder<IReadOnlyList<int>> property) =>
        property
            .HasMaxLength(40)
            .HasConversion(
                numbers => string.Join(',', numbers),
                text =>
                    text.Length == 0
                        ? Array.Empty<int>()
                        : text.Split(',', StringSplitOptions.None).Select(int.Parse).ToArray(),
                new ValueComparer<IReadOnlyList<int>>(
                    (a, b) => a!.SequenceEqual(b!),
                    numbers => numbers.Aggregate(17, HashCode.Combine),
                    numbers => numbers
                )
            );
}
