using System.Globalization;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Data.Audit;

/// <summary>Nothing in the trail can be altered, removed or put in between unnoticed, even by who owns the database (N-33).</summary>
public sealed class AuditTrailTests : IAsyncLifetime
{
    private const string Others =
        "happened_at, actor_kind, actor_id, actor_name, act, subject_kind, subject_id, driver_id, details, hash";

    private TestPortal _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        var (driver, attempt) = await _portal.DriverWithInvalidResultAsync();
        await _portal.DecideAsync(
            await _portal.CreateOfficerAsync(),
            await _portal.FileReviewAsync(driver, attempt),
            true
        );
        await _portal.AssertAuditIsWholeAsync();
        // What only the owner of the database can do.
        await _portal.ExecuteAsync("ALTER TABLE audit_entries DISABLE TRIGGER USER");
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    // One byte, or the smallest step that the type has.
    [Theory]
    [InlineData("happened_at", "happened_at + interval '1 microsecond'")]
    [InlineData("actor_kind", "overlay(actor_kind PLACING '~' FROM 1 FOR 1)")]
    [InlineData("actor_kind", "CASE actor_kind WHEN 'Driver' THEN 'System' ELSE 'Driver' END")]
    [InlineData(
        "actor_id",
        "overlay(actor_id::text PLACING CASE right(actor_id::text, 1) WHEN '0' THEN '1' ELSE '0' END FROM 36)::uuid"
    )]
    [InlineData("actor_name", "overlay(actor_name PLACING '~' FROM length(actor_name) FOR 1)")]
    [InlineData("act", "overlay(act PLACING '~' FROM length(act) FOR 1)")]
    [InlineData("subject_kind", "overlay(subject_kind PLACING '~' FROM length(subject_kind) FOR 1)")]
    [InlineData("subject_id", "overlay(subject_id PLACING '~' FROM length(subject_id) FOR 1)")]
    [InlineData("driver_id", "CASE WHEN driver_id IS NULL THEN actor_id END")]
    [InlineData("details", "overlay(details PLACING '~' FROM length(details) FOR 1)")]
    [InlineData("details", "details || ' '")]
    [InlineData("hash", "set_byte(hash, 31, get_byte(hash, 31) # 1)")]
    public async Task One_byte_changed_in_any_row_is_found_and_the_row_is_named(string column, string changed)
    {
        var rows = await _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries");
        for (var row = 1L; row <= rows; row++)
        {
            await _portal.ExecuteAsync(
                $"CREATE TABLE kept AS SELECT {column} FROM audit_entries WHERE entry_number = {row}; UPDATE audit_entries SET {column} = {changed} WHERE entry_number = {row}"
            );

            Assert.Contains($"Entry {row} ", (await VerifyAsync()).Fault);

            await _portal.ExecuteAsync(
                $"UPDATE audit_entries SET {column} = (SELECT {column} FROM kept) WHERE entry_number = {row}; DROP TABLE kept"
            );
        }
        Assert.Null((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_text_moved_into_the_next_column_is_found()
    {
        await _portal.ExecuteAsync(
            "UPDATE audit_entries SET act = act || left(subject_kind, 1), subject_kind = substr(subject_kind, 2) WHERE entry_number = 7"
        );
        Assert.Contains("Entry 7 ", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_removed_entry_is_missed()
    {
        await _portal.ExecuteAsync("DELETE FROM audit_entries WHERE entry_number = 7");
        Assert.Contains("Entry 7 is missing", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_removed_entry_is_missed_though_the_rest_moved_up()
    {
        await _portal.ExecuteAsync(
            """
            DELETE FROM audit_entries WHERE entry_number = 7;
            UPDATE audit_entries SET entry_number = -entry_number WHERE entry_number > 7;
            UPDATE audit_entries SET entry_number = -entry_number - 1 WHERE entry_number < 0;
            UPDATE audit_head SET number = number - 1;
            """
        );
        Assert.Contains("Entry 7 ", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found()
    {
        await _portal.ExecuteAsync(
            """
            UPDATE audit_entries SET entry_number = -7 WHERE entry_number = 7;
            UPDATE audit_entries SET entry_number = 7 WHERE entry_number = 8;
            UPDATE audit_entries SET entry_number = 8 WHERE entry_number = -7;
            """
        );
        Assert.Contains("Entry 7 ", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_forged_entry_at_the_end_is_found()
    {
        var last = await _portal.ScalarAsync<long>("SELECT number FROM audit_head");
        await _portal.ExecuteAsync(
            $"""
            INSERT INTO audit_entries (entry_number, {Others})
            SELECT entry_number + 1, {Others} FROM audit_entries WHERE entry_number = {last};
            UPDATE audit_head SET number = number + 1;
            """
        );
        Assert.Contains($"Entry {last + 1} ", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task An_entry_beyond_the_head_is_found()
    {
        // Nobody can have written it through the product: that moves the head.
        await _portal.ExecuteAsync(
            $"INSERT INTO audit_entries (entry_number, {Others}) SELECT entry_number + 1, {Others} FROM audit_entries ORDER BY entry_number DESC LIMIT 1"
        );
        Assert.NotNull((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_chain_computed_anew_under_another_key_is_found()
    {
        var forger = new AuditChain(new AuditKey(new byte[32]));
        await using var db = _portal.Db();
        var hash = new byte[32];
        foreach (var entry in db.AuditEntries.OrderBy(e => e.Number).ToList())
        {
            hash = forger.HashOf(hash, entry);
            await _portal.ExecuteAsync(
                "UPDATE audit_entries SET hash = $1 WHERE entry_number = $2",
                hash,
                entry.Number
            );
        }
        await _portal.ExecuteAsync("UPDATE audit_head SET hash = $1", hash);
        Assert.Contains("Entry 1 ", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_cut_off_end_is_found_by_the_checkpoint_that_lies_elsewhere()
    {
        await CutLastThreeAsync();
        // The control: cut cleanly, the chain itself has nothing to object to.
        Assert.Null((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_checkpoint_catches_a_clean_cut()
    {
        var last = await CheckpointAsync();
        await CutLastThreeAsync();
        Assert.Contains($"a checkpoint saw entry {last}", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_checkpoint_catches_a_cut_that_was_written_over()
    {
        var last = await CheckpointAsync();
        await CutLastThreeAsync();
        await _portal.ExecuteAsync("ALTER TABLE audit_entries ENABLE TRIGGER USER");
        for (var i = 0; i < 5; i++)
        {
            await _portal.CreateOfficerAsync();
        }
        Assert.Contains($"Entry {last} is not the one the checkpoint saw", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task A_checkpoint_line_that_a_crash_cut_off_is_passed_over_and_the_next_one_is_whole()
    {
        var file = _portal.Folder.AuditCheckpoints;
        await CheckpointAsync();
        var whole = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, whole + whole[..20]);
        await _portal.ExecuteAsync("ALTER TABLE audit_entries ENABLE TRIGGER USER");
        await _portal.CreateOfficerAsync();

        var last = await CheckpointAsync();

        Assert.Null((await VerifyAsync()).Fault);
        Assert.Contains(
            File.ReadLines(file),
            l => l.StartsWith(last.ToString(CultureInfo.InvariantCulture) + " ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_missing_or_altered_head_is_found()
    {
        await _portal.ExecuteAsync("UPDATE audit_head SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1)");
        Assert.Contains("its head says", (await VerifyAsync()).Fault);
        await _portal.ExecuteAsync("DELETE FROM audit_head");
        Assert.Contains("head of the audit trail is missing", (await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Two_hundred_acts_at_once_keep_one_chain_without_gaps_while_it_is_being_verified()
    {
        await _portal.ExecuteAsync("ALTER TABLE audit_entries ENABLE TRIGGER USER");
        var before = await _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries");
        var verdicts = new List<AuditVerdict>();
        var acts = Race.RunAsync(
            200,
            i =>
                _portal.DoAsync(
                    new CreateStaff($"3{i:D5}", [Role.Reviewer], $"警官{i}", "支队", ["渝A"]),
                    ActorRef.Operator
                )
        );
        while (!acts.IsCompleted)
        {
            verdicts.Add(await VerifyAsync());
        }
        await acts;

        Assert.All(verdicts, v => Assert.Null(v.Fault));
        await _portal.AssertAuditIsWholeAsync();
        Assert.Equal(
            [.. Enumerable.Range(1, (int)before + 200).Select(n => (long)n)],
            await _portal.ColumnAsync<long>("SELECT entry_number FROM audit_entries ORDER BY entry_number")
        );
    }

    [Fact]
    public async Task A_search_finds_by_every_field_page_by_page_and_is_itself_an_entry()
    {
        await _portal.ExecuteAsync("ALTER TABLE audit_entries ENABLE TRIGGER USER");
        var auditor = await _portal.CreateOfficerAsync(Role.Auditor, []);
        var all = new List<AuditLine>();
        long? before = null;
        do
        {
            var page = await SearchAsync(new(null, null, null, null, before));
            all.AddRange(page.Lines);
            before = page.Next;
        } while (before is not null);
        Assert.Equal(all.Select(l => l.Number).OrderDescending(), all.Select(l => l.Number));
        Assert.Equal(1, all[^1].Number);

        var sample = all.First(l => l.Act == "DecideReview");
        Assert.All(
            (await SearchAsync(new(sample.ActorName, null, null, null, null))).Lines,
            l => Assert.Equal(sample.ActorName, l.ActorName)
        );
        Assert.Equal(sample, Assert.Single((await SearchAsync(new(null, " DecideReview ", null, null, null))).Lines));
        Assert.Contains(sample, (await SearchAsync(new(null, null, sample.SubjectId, null, null))).Lines);
        Assert.All(
            (await SearchAsync(new(null, null, null, sample.DriverId, null))).Lines,
            l => Assert.Equal(sample.DriverId, l.DriverId)
        );
        Assert.True((await _portal.ActsAsync()).Count(a => a == "SearchAudit") >= 5);

        Task<AuditPage> SearchAsync(AuditSearch search) => _portal.DoAsync(new SearchAudit(search), auditor.Ref);
    }

    [Fact]
    public async Task The_products_own_account_cannot_write_the_head_twice()
    {
        var second = await Assert.ThrowsAsync<PostgresException>(() =>
            _portal.ExecuteAsync("INSERT INTO audit_head (id, number, hash) VALUES (2, 0, '')")
        );
        Assert.Equal("ck_audit_head_one", second.ConstraintName);
    }

    private Task<AuditVerdict> VerifyAsync() => _portal.Get<AuditVerifier>().VerifyAsync(default);

    private async Task<long> CheckpointAsync()
    {
        await using var db = _portal.Db();
        await _portal.Get<AuditCheckpoints>().WriteAsync(db, default);
        return await _portal.ScalarAsync<long>("SELECT number FROM audit_head");
    }

    private Task CutLastThreeAsync() =>
        _portal.ExecuteAsync(
            """
            DELETE FROM audit_entries WHERE entry_number > (SELECT number - 3 FROM audit_head);
            UPDATE audit_head SET number = number - 3;
            UPDATE audit_head SET hash = (SELECT hash FROM audit_entries WHERE entry_number = number);
            """
        );
}
