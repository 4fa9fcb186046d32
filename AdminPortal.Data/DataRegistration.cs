using AdminPortal.Data.Accounts;
using AdminPortal.Data.Attendances;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Exports;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Outages;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Points;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Sections;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Data;

/// <summary>The database engine (Database:Provider).</summary>
public enum Engine
{
    PostgreSql,
    SqlServer,
}

/// <summary>Where the product keeps what is not in the database.</summary>
/// <param name="Folder">The data folder: keys, photos, checkpoints.</param>
public sealed record DataFolder(string Folder)
{
    public string FieldKeys => Path.Combine(Folder, "keys", "field-keys.json");
    public string AuditKey => Path.Combine(Folder, "keys", "audit-key");

    /// <summary>What manifests of exports are signed with.</summary>
    public string ExportKeys => Path.Combine(Folder, "keys", "export-keys.json");
    public string ProtectionKeys => Path.Combine(Folder, "keys", "data-protection");
    public string AuditCheckpoints => Path.Combine(Folder, "audit-checkpoints");
    public string Photos => Path.Combine(Folder, "photos");
    public string StandIns => Path.Combine(Folder, "stand-ins");
    public string LocalPostgres => Path.Combine(Folder, "postgres");
}

/// <summary>Everything of this project that the web program, the jobs and the tests use.</summary>
public static class DataRegistration
{
    public static IServiceCollection AddPortalData(
        this IServiceCollection services,
        Engine engine,
        string connectionString,
        FieldCipher cipher,
        AuditKey auditKey,
        DataFolder folder
    )
    {
        services.AddSingleton<IDbContextFactory<PortalDb>>(new PortalDbFactory(engine, connectionString));
        services.AddSingleton(cipher);
        services.AddSingleton(auditKey);
        services.AddSingleton(folder);
        services.AddSingleton(SchemeCatalogue.Shipped);
        services.AddSingleton(new PhotoFiles(folder.Photos, cipher));
        services.AddSingleton(new AuditCheckpoints(folder.AuditCheckpoints));
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditProofs>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<StaffProfiles>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton<Jobs.JobJournal>();
        services.AddSingleton<Jobs.JobPages>();
        services.AddSingleton<OutboxPages>();
        services.AddSingleton<Schemes.SchemePages>();
        services.AddSingleton<Schemes.AuthorityPages>();
        services.AddSingleton<Calendar.CalendarPages>();
        services.AddSingleton<Texts.PublishedTexts>();
        services.AddSingleton<Texts.TextPages>();
        services.AddSingleton<Texts.AcceptedNotices>();
        services.AddSingleton<SessionPages>();
        services.AddSingleton<PasskeyPages>();
        services.AddSingleton<DriverPages>();
        services.AddSingleton<ConsentPages>();
        services.AddSingleton<MyDataPages>();
        services.AddSingleton<AccessPages>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<StudyPages>();
        services.AddSingleton<ExamPages>();
        services.AddSingleton<QueuePages>();
        services.AddSingleton<CaseWarnings>();
        services.AddSingleton<PhotoSweep>();
        services.AddSingleton<PhotoEraser>();
        services.AddSingleton<FaceCheckService>();
        services.AddSingleton<IdPhotoService>();
        services.AddSingleton<FeedbackService>();
        services.AddSingleton<FeedbackPages>();
        services.AddSingleton<EvidencePages>();
        services.AddSingleton<EvidenceService>();
        services.AddSingleton<SavedViewPages>();
        services.AddSingleton<TemplatePages>();
        services.AddSingleton<TeamPages>();
        services.AddSingleton<QuietHoursAdvice>();
        services.AddSingleton<Headlines>();
        services.AddSingleton<StatisticsPages>();
        services.AddSingleton<BlacklistPages>();
        services.AddSingleton<AttendancePages>();
        services.AddSingleton<QuestionPages>();
        services.AddSingleton<QuestionPicturePages>();
        services.AddSingleton<ExamPictures>();
        services.AddSingleton<SectionPages>();
        services.AddSingleton<StudyReader>();
        services.AddSingleton<StudyVideoFiles>();
        services.AddSingleton<ItemStatistics>();
        services.AddSingleton<RemarkPages>();
        services.AddSingleton<OutagePages>();
        services.AddSingleton<ExportPages>();
        services.AddSingleton<ExportFiles>();
        services.AddSingleton<ExportSigner>();
        services.AddSingleton<ExportWork>();
        services.AddSingleton<AppealService>();
        services.AddSingleton<ExchangeImporter>();
        services.AddSingleton<Demo.DemoLoader>();
        services.AddSingleton<PointsDispatcher>();
        services.AddSingleton<MessageDispatcher>();
        return services;
    }
}

/// <summary>Opens the model on the configured engine.</summary>
public sealed class PortalDbFactory(Engine engine, string connectionString) : IDbContextFactory<PortalDb>
{
    private readonly DbContextOptions<PostgreSqlPortalDb> _postgreSql =
        new DbContextOptionsBuilder<PostgreSqlPortalDb>().UseNpgsql(connectionString).Options;

    private readonly DbContextOptions<SqlServerPortalDb> _sqlServer = new DbContextOptionsBuilder<SqlServerPortalDb>()
        .UseSqlServer(connectionString)
        .Options;

    public PortalDb CreateDbContext() =>
        engine switch
        {
            Engine.PostgreSql => new PostgreSqlPortalDb(_postgreSql),
            Engine.SqlServer => new SqlServerPortalDb(_sqlServer),
        };
}
