using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exports;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Support;

// Lists on their way out.
public sealed partial class TestPortal
{
    /// <summary>Everybody on the blacklist.</summary>
    public static readonly ExportQuestion BlacklistQuestion = new BlacklistAsked(null);

    public async Task<Guid> RequestExportAsync(
        ActorRef who,
        ExportQuestion question,
        ExportedPersons persons = ExportedPersons.Masked
    )
    {
        var id = Guid.NewGuid();
        await DoAsync(new RequestExport(id, question, "zh-CN", "年度核对", persons), who);
        return id;
    }

    /// <summary>Asked for in full, and agreed to by another supervisor of the same authority.</summary>
    public async Task<Guid> AgreedExportAsync(ActorRef who, ExportQuestion question)
    {
        var id = await RequestExportAsync(who, question, ExportedPersons.Full);
        await DoAsync(new ApproveExport(id), (await CreateOfficerAsync(Role.Supervisor)).Ref);
        return id;
    }

    /// <summary>What the job does.</summary>
    public Task<int> WriteExportsAsync() => Get<ExportWork>().RunAsync(new KeysAsWords(), default);

    public async Task<ListExport> ExportAsync(Guid id)
    {
        await using var db = Db();
        return await db.ListExports.AsNoTracking().SingleAsync(e => e.Id == id);
    }

    /// <summary>Downloads and opens.</summary>
    internal async Task<WorkbookFile> ExportedFileAsync(Guid id, ActorRef who)
    {
        var bytes = new List<byte>();
        await foreach (var part in Get<ExportFiles>().ReadAsync(await DoAsync(new DownloadExport(id), who), default))
        {
            bytes.AddRange(part);
        }
        return WorkbookFile.Read([.. bytes]);
    }

    /// <summary>Texts are their keys: what a file holds is told apart from what it is called.</summary>
    private sealed class KeysAsWords : IListWords
    {
        public string Text(string key, params object[] values) => key;

        public string Of<T>(T value)
            where T : struct, Enum => $"{value}";

        public string Of(CaseKind kind, CaseState state) => $"{state}";

        public string PartOf(Figure figure, string part) => part;

        public string ActOf(string act) => act;

        public string Instant(DateTimeOffset instant) => $"{instant:O}";

        public IEnumerable<(string Word, string Value)> Conditions(ExportQuestion question) => [];
    }
}
