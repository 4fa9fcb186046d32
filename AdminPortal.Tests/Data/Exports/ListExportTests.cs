using AdminPortal.Data.Audit;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exports;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Exports;
using AdminPortal.Tests.Data.Statistics;
using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Data.Exports;

/// <summary>Lists on their way out: what the file holds, who may have it, what it leaves in the trail (N-33, D-EXPORT).</summary>
public sealed class ListExportTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _chief = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _chief = await _portal.CreateOfficerAsync(Role.Supervisor);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task The_file_is_the_list_of_the_page_row_by_row_and_masks_its_persons()
    {
        var cases = await _portal.SeedCasesAsync(60);
        await _portal.SeedCasesAsync(2, "渝B");
        var page = (await _portal.Get<QueuePages>().ReadAsync(_chief.Ref, new QueueQuery(QueueFilter.All), default))!;

        var id = await _portal.RequestExportAsync(_chief.Ref, new CasesAsked(new QueueQuery(QueueFilter.All)));
        Assert.Equal(1, await _portal.WriteExportsAsync());

        var sheet = (await _portal.ExportedFileAsync(id, _chief.Ref)).Sheets[0];
        Assert.Equal(page.Counts.Open, sheet.Rows.Count - 1);
        Assert.Equal(cases.Count, sheet.Rows.Count - 1);
        Assert.Equal(
            page.Lines.Select(line => Case.NumberOf(line.CaseId)),
            sheet.Rows.Skip(1).Take(QueuePages.PageSize).Select(row => (string)row[0]!)
        );
        var name = Column(sheet, "Export_Name");
        Assert.All(sheet.Rows.Skip(1), row => Assert.Matches(@"^.\*+$", $"{row[name]}"));
        Assert.All(sheet.Rows.Skip(1), row => Assert.Matches(@"^\d{3}\*{11}.{4}$", $"{row[name + 1]}"));
        // Nobody was looked at: no entry names a driver.
        Assert.Equal(
            0,
            await _portal.ScalarAsync<long>(
                "SELECT count(*) FROM audit_entries WHERE subject_kind = 'Export' AND driver_id IS NOT NULL"
            )
        );
        Assert.Equal(["RequestExport", "TakeExport", "FinishExport", "DownloadExport"], await ExportActsAsync());
        Assert.Contains(
            "年度核对",
            await _portal.ScalarAsync<string>("SELECT details FROM audit_entries WHERE act = 'RequestExport'")
        );
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task In_full_it_takes_two_persons_and_leaves_an_entry_for_each_driver_before_the_first_name()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.BlacklistAsync(driver);
        var id = await _portal.RequestExportAsync(_chief.Ref, TestPortal.BlacklistQuestion, ExportedPersons.Full);
        // Nobody has agreed: the job leaves it alone.
        Assert.Equal(0, await _portal.WriteExportsAsync());
        var second = await _portal.CreateOfficerAsync(Role.Supervisor);
        Assert.Single((await _portal.Get<ExportPages>().ReadAsync(second.Ref, default))!.ToCheck);
        await _portal.DoAsync(new ApproveExport(id), second.Ref);
        Assert.Equal(1, await _portal.WriteExportsAsync());

        var file = await _portal.ExportedFileAsync(id, _chief.Ref);
        var name = Column(file.Sheets[0], "Export_Name");
        Assert.Equal(driver.Person.Name, file.Sheets[0].Rows[1][name]);
        Assert.Equal(driver.Person.IdNumber, file.Sheets[0].Rows[1][name + 1]);
        var looks = await _portal.ColumnAsync<Guid>(
            "SELECT actor_id FROM audit_entries WHERE act = 'RevealExportedPersons' AND driver_id = $1",
            driver.Id
        );
        Assert.Equal([_chief.Id], looks);
        // Who gave it out stands in the file.
        var about = file.Sheets[^1].Rows.Select(row => row[^1]).ToList();
        Assert.Contains(second.Badge, about);
        Assert.Contains("年度核对", about);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Without_its_entry_in_the_trail_no_name_is_read()
    {
        await _portal.BlacklistAsync(await _portal.ImportDriverAsync());
        var id = await _portal.AgreedExportAsync(_chief.Ref, TestPortal.BlacklistQuestion);
        await _portal.DoAsync(new TakeExport(), ActorRef.System);
        await _portal.BreakAuditAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => _portal.TryAsync(new RevealExportedPersons(id), _chief.Ref));

        await _portal.MendAuditAsync();
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM list_export_parts"));
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task Somebody_without_agreement_cannot_even_be_written_into_the_database()
    {
        var id = await _portal.RequestExportAsync(_chief.Ref, TestPortal.BlacklistQuestion, ExportedPersons.Full);
        foreach (var state in new[] { "'Waiting'", "'Running', lease_until = now()" })
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() =>
                _portal.ExecuteAsync($"UPDATE list_exports SET state = {state} WHERE id = $1", id)
            );
            Assert.Equal("ck_list_exports_two_persons", fault.ConstraintName);
        }
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task Fifty_requests_at_once_are_one_export_under_way()
    {
        var outcomes = await RaceAsync(_chief);
        Assert.Equal(1, outcomes.Count(o => o is Outcome<ExportState>.Done));
        Assert.All(
            outcomes.OfType<Outcome<ExportState>.Refused>(),
            o => Assert.Equal(RefusalCode.ExportUnderWay, o.Refusal.Code)
        );

        // Naive: looking before writing, without the index. Several look before one of them has written.
        await _portal.ExecuteAsync("DROP INDEX ix_list_exports_under_way");
        var naive = await RaceAsync(await _portal.CreateOfficerAsync(Role.Supervisor));
        Assert.True(naive.Count(o => o is Outcome<ExportState>.Done) > 1);

        Task<IReadOnlyList<Outcome<ExportState>>> RaceAsync(TestOfficer who) =>
            Race.RunAsync(
                50,
                _ =>
                    _portal.TryAsync(
                        new RequestExport(
                            Guid.NewGuid(),
                            TestPortal.BlacklistQuestion,
                            "zh-CN",
                            "年度核对",
                            ExportedPersons.Masked
                        ),
                        who.Ref
                    )
            );
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task Two_processes_write_each_export_once()
    {
        var owners = new List<TestOfficer>();
        for (var i = 0; i < 6; i++)
        {
            owners.Add(await _portal.CreateOfficerAsync(Role.Supervisor));
            await _portal.RequestExportAsync(owners[i].Ref, TestPortal.BlacklistQuestion);
        }

        var begun = await Race.RunAsync(4, _ => _portal.WriteExportsAsync());

        Assert.Equal(6, begun.Sum());
        Assert.Equal(
            6,
            await _portal.ScalarAsync<long>("SELECT count(*) FROM list_exports WHERE state = 'Done' AND attempt = 1")
        );
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task A_process_that_was_lost_leaves_nothing_of_its_file()
    {
        var id = await _portal.RequestExportAsync(_chief.Ref, TestPortal.BlacklistQuestion);
        var lost = (await _portal.DoAsync(new TakeExport(), ActorRef.System))!;
        await using (var db = _portal.Db())
        {
            db.ListExportParts.Add(
                new ListExportPartRow
                {
                    ExportId = id,
                    Attempt = lost.Attempt,
                    Ordinal = 0,
                    Content = [1],
                }
            );
            await db.SaveChangesAsync();
        }
        _portal.Clock.Advance(ListExport.Lease);
        Assert.Equal(1, await _portal.WriteExportsAsync());

        Assert.Equal(2, (await _portal.ExportAsync(id)).Attempt);
        Assert.NotEmpty((await _portal.ExportedFileAsync(id, _chief.Ref)).Sheets);
        // It comes back to life and finds that it is not its export any more.
        var late = await _portal.TryAsync(
            new FinishExport(id, lost.Attempt, 0, 1, 1, new string('0', 64), "{}"),
            ActorRef.System
        );
        Assert.Equal(RefusalCode.WrongState, Assert.IsType<Outcome<Unit>.Refused>(late).Refusal.Code);
        await _portal.WriteExportsAsync();
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM list_export_parts WHERE attempt = 1"));
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task A_right_that_is_gone_when_the_job_comes_writes_nothing_and_when_it_is_gone_later_opens_nothing()
    {
        var id = await _portal.RequestExportAsync(_chief.Ref, TestPortal.BlacklistQuestion);
        await _portal.ExecuteAsync("UPDATE staff SET is_active = false WHERE id = $1", _chief.Id);
        await _portal.WriteExportsAsync();
        var export = await _portal.ExportAsync(id);
        Assert.Equal((ExportState.Failed, RefusalCode.NotPermitted), (export.State, export.Fault));

        var other = await _portal.CreateOfficerAsync(Role.Supervisor);
        var written = await _portal.RequestExportAsync(other.Ref, TestPortal.BlacklistQuestion);
        await _portal.WriteExportsAsync();
        await _portal.ExecuteAsync("DELETE FROM staff_roles WHERE staff_id = $1", other.Id);
        var refused = await _portal.TryAsync(new DownloadExport(written), other.Ref);
        Assert.Equal(RefusalCode.NotPermitted, Assert.IsType<Outcome<ExportFile>.Refused>(refused).Refusal.Code);
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task Its_parts_are_sealed_bound_to_their_place_and_gone_when_it_expires()
    {
        var id = await _portal.RequestExportAsync(_chief.Ref, TestPortal.BlacklistQuestion);
        await _portal.WriteExportsAsync();
        var export = await _portal.ExportAsync(id);
        var part = await _portal.ScalarAsync<byte[]>(
            "SELECT content FROM list_export_parts WHERE export_id = $1 AND ordinal = 0",
            id
        );
        Assert.Equal(export.Size, part.Length - FieldCipher.Overhead);
        Assert.False(part.AsSpan(FieldCipher.Overhead).StartsWith("PK"u8));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            TestPostgres.Cipher.DecryptBytes($"list-export.{id:N}.1.1", part)
        );

        _portal.Clock.Advance(ListExport.Keep);
        await _portal.RefusedAsync(new DownloadExport(id), _chief.Ref);
        await _portal.WriteExportsAsync();
        Assert.Equal(ExportState.Expired, (await _portal.ExportAsync(id)).State);
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM list_export_parts"));
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public async Task A_cancelled_export_stops_and_leaves_no_part()
    {
        var id = await _portal.RequestExportAsync(_chief.Ref, TestPortal.BlacklistQuestion);
        await _portal.WriteExportsAsync();
        await _portal.DoAsync(new CancelExport(id), _chief.Ref);
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM list_export_parts"));
        Assert.Equal(RefusalCode.ExportGone, (await _portal.RefusedAsync(new DownloadExport(id), _chief.Ref)).Code);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Every_list_is_as_long_in_the_file_as_on_its_page()
    {
        await StatisticsStory.TellAsync(_portal);
        var chief = await _portal.CreateOfficerAsync(Role.Supervisor, StatisticsStory.Authorities);
        var auditor = await _portal.CreateOfficerAsync(Role.Auditor, []);
        await _portal.BlacklistAsync(await _portal.ImportDriverAsync());
        var question = new StatisticsQuestion(StatisticsPeriod.MonthOf(new DateOnly(2026, 4, 1)));
        foreach (var figure in Enum.GetValues<Figure>())
        {
            var list = (await _portal.Get<StatisticsPages>().ListAsync(chief.Ref, question, figure, null, 1, default))!;
            var sheet = await SheetAsync(chief, new FiguresAsked(question, figure, null));
            Assert.Equal(list.Length, sheet.Rows.Count - 1);
            var amount = Column(sheet, "Stat_Amount");
            Assert.Equal(list.Amount, sheet.Rows.Skip(1).Sum(row => Convert.ToInt64(row[amount])));
        }
        var listed = (await _portal.Get<BlacklistPages>().ListAsync(chief.Ref, null, 1, default))!;
        Assert.Equal(listed.Lines.Count, (await SheetAsync(chief, TestPortal.BlacklistQuestion)).Rows.Count - 1);
        var search = new AuditSearch(null, "Apply", null, null, null);
        var found = await _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE act = 'Apply'");
        Assert.Equal(found, (await SheetAsync(auditor, new AuditAsked(search))).Rows.Count - 1);
    }

    [Fact]
    public void A_question_is_read_back_as_it_was_asked()
    {
        ExportQuestion[] questions =
        [
            new CasesAsked(new QueueQuery(QueueFilter.Overdue, CaseKind.Appeal, "渝A", "100001", "0123ABCD")),
            new CasesAsked(new QueueQuery(QueueFilter.All)),
            new BlacklistAsked(AdminPortal.Domain.Blacklists.BlacklistState.InForce),
            new BlacklistAsked(null),
            new AttendancesAsked(AdminPortal.Domain.Attendances.AttendanceState.Recorded),
            new FiguresAsked(
                new StatisticsQuestion(StatisticsPeriod.MonthOf(new DateOnly(2026, 4, 1)), "渝A", "S1"),
                Figure.StudySeconds,
                "x"
            ),
            new AuditAsked(new AuditSearch("100001", "Apply", null, Guid.NewGuid(), null, new DateOnly(2026, 1, 1))),
        ];
        Assert.All(questions, q => Assert.Equal(q, ExportQuestion.Parse(q.ToText())));
    }

    private async Task<SheetFile> SheetAsync(TestOfficer who, ExportQuestion question)
    {
        var id = await _portal.RequestExportAsync(who.Ref, question);
        await _portal.WriteExportsAsync();
        return (await _portal.ExportedFileAsync(id, who.Ref)).Sheets[0];
    }

    private static int Column(SheetFile sheet, string head) => sheet.Heads.ToList().IndexOf(head);

    private Task<IReadOnlyList<string>> ExportActsAsync() =>
        _portal.ColumnAsync<string>(
            "SELECT act FROM audit_entries WHERE subject_kind = 'Export' ORDER BY entry_number"
        );
}
