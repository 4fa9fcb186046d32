using System.Text.RegularExpressions;
using AdminPortal.Data.Exchange;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>The operators' commands on a database in use.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private static readonly TestPerson Wang = TestPeople.Number(1);

    private TestPortal _portal = null!;
    private OperatorProgram _program = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _program = OperatorProgram.On(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task What_is_wrong_with_an_account_is_said_and_none_is_made()
    {
        var first = await _program.RunAsync(
            "staff",
            "create",
            "300001",
            "Supervisor",
            "--name",
            "某警官",
            "--unit",
            "支队"
        );
        Assert.Equal((0, ""), (first.Code, first.Errors));
        var image = await _portal.ImageAsync();

        (string[] Arguments, string Says)[] mistakes =
        [
            (["300001", "Reviewer"], "badge: Badge 300001 already has an account."),
            (["12", "Reviewer"], "badge: A badge number has 3 to 20 letters or digits."),
            (["30-00-01", "Reviewer"], "badge: A badge number has 3 to 20 letters or digits."),
            (["300002", "Reviewer", "--authority", "Chongqing"], "Chongqing is not an issuing authority such as 渝A."),
            (
                ["300002", "Reviewer", "--id-number", "990000196001010011"],
                "idNumber: This is not a valid identity number; check all 18 characters."
            ),
        ];
        foreach (var (arguments, says) in mistakes)
        {
            Assert.Equal($"{says}\n", await _program.FailsAsync(1, ["staff", "create", .. arguments]));
        }
        DatabaseImage.AssertSame(image, await _portal.ImageAsync());
    }

    [Fact]
    public async Task Two_accounts_get_two_codes_and_neither_stands_in_the_database()
    {
        var codes = new List<string>();
        foreach (var badge in new[] { "300001", "300002" })
        {
            var ran = await _program.RunAsync("staff", "create", badge, "Auditor");
            codes.Add(Regex.Match(ran.Output, "([A-Z2-7]{4}-){3}[A-Z2-7]{4}").Value);
        }
        Assert.Equal(2, codes.Where(c => c.Length == 19).Distinct().Count());
        var stored = await _portal.ColumnAsync<string>(
            "SELECT s::text FROM staff AS s UNION ALL SELECT a::text FROM audit_entries AS a"
        );
        Assert.All(codes, code => Assert.DoesNotContain(stored, row => row.Contains(code.Replace("-", ""))));
    }

    [Fact]
    public async Task A_broken_file_is_named_by_line_and_reason_and_its_good_rows_are_kept()
    {
        var path = await _portal.WriteExchangeAsync([
            Header(),
            .. TestPortal.Authorities.Take(1).Select(TestPortal.Line),
            "this is not JSON",
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile)),
            TestPortal.Line(new PersonRecord("990000196001010011", "某人", "19900000000")),
            TestPortal.Line(new LicenceRecord(Wang.IdNumber, "渝A", "C1", "A", new DateOnly(2018, 5, 4), 3)),
        ]);

        var first = await _program.RunAsync("import", path);
        Assert.Equal((1, "3 added, 0 changed, 0 unchanged, 2 refused\n"), (first.Code, first.Output));
        OperatorProgram.AssertReadable(first.Errors);
        var faults = first.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, faults.Length);
        Assert.StartsWith("line 3: ", faults[0]);
        Assert.Equal("line 5: idNumber is not a valid resident identity number", faults[1]);
        var image = await _portal.ImageAsync();
        Assert.Equal((1, 1), (image.Rows("drivers"), image.Rows("licences")));

        var again = await _program.RunAsync("import", path);
        Assert.Equal((1, "0 added, 0 changed, 3 unchanged, 2 refused\n"), (again.Code, again.Output));
        Assert.Equal(first.Errors, again.Errors);
        DatabaseImage.AssertSame(image, await _portal.ImageAsync());
    }

    [Fact]
    public async Task A_good_file_is_taken_and_a_second_time_changes_nothing()
    {
        var path = await _portal.WriteExchangeAsync([
            Header(),
            .. TestPortal.Authorities.Select(TestPortal.Line),
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, "A-reference.jpg")),
        ]);
        var first = await _program.RunAsync("import", path);
        Assert.Equal((0, "5 added, 0 changed, 0 unchanged, 0 refused\n", ""), (first.Code, first.Output, first.Errors));
        var image = await _portal.ImageAsync();
        var again = await _program.RunAsync("import", path);
        Assert.Equal((0, "0 added, 0 changed, 5 unchanged, 0 refused\n", ""), (again.Code, again.Output, again.Errors));
        DatabaseImage.AssertSame(image, await _portal.ImageAsync());
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_as_a_whole()
    {
        var image = await _portal.ImageAsync();
        var path = await _portal.WriteExchangeAsync([TestPortal.Line(TestPortal.Authorities[0])]);
        Assert.EndsWith("Nothing was imported.\n", await _program.FailsAsync(1, "import", path));
        Assert.EndsWith("does not exist.\n", await _program.FailsAsync(1, "import", path + ".missing"));
        DatabaseImage.AssertSame(image, await _portal.ImageAsync());
    }

    [Theory]
    [InlineData("act", "overlay(act placing 'x' from 1 for 1)")]
    [InlineData("details", "details || ' '")]
    [InlineData("actor_name", "actor_name || '.'")]
    [InlineData("happened_at", "happened_at + interval '1 millisecond'")]
    public async Task One_changed_byte_of_the_audit_trail_is_found_and_its_row_is_named(string column, string value)
    {
        for (var i = 0; i < 3; i++)
        {
            await _portal.CreateOfficerAsync();
        }
        var whole = await _program.RunAsync("audit", "verify");
        var entries = await _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries");
        Assert.Equal((0, $"{entries} entries, unbroken.\n", ""), (whole.Code, whole.Output, whole.Errors));

        // As somebody with every right in the database could.
        await _portal.ExecuteAsync(
            $"""
            ALTER TABLE audit_entries DISABLE TRIGGER USER;
            UPDATE audit_entries SET {column} = {value} WHERE entry_number = 3;
            ALTER TABLE audit_entries ENABLE TRIGGER USER;
            """
        );
        Assert.Equal(
            "Entry 3 was altered, or the entry before it was.\n",
            await _program.FailsAsync(1, "audit", "verify")
        );
    }

    [Fact]
    public async Task A_removed_last_entry_is_found()
    {
        await _portal.CreateOfficerAsync();
        var last = await _portal.ScalarAsync<long>("SELECT max(entry_number) FROM audit_entries");
        await _portal.ExecuteAsync(
            """
            ALTER TABLE audit_entries DISABLE TRIGGER USER;
            DELETE FROM audit_entries WHERE entry_number = (SELECT max(entry_number) FROM audit_entries);
            ALTER TABLE audit_entries ENABLE TRIGGER USER;
            """
        );
        Assert.Equal(
            $"The trail ends at entry {last - 1}, its head says {last}.\n",
            await _program.FailsAsync(1, "audit", "verify")
        );
    }

    [Fact]
    public async Task Health_is_good_on_a_database_in_use()
    {
        var ran = await _program.RunAsync("health");
        Assert.Equal((0, "Healthy\n", ""), (ran.Code, ran.Output, ran.Errors));
    }

    private string Header() =>
        TestPortal.Line(new HeaderRecord(HeaderRecord.KnownFormat, _portal.Clock.Now.AddHours(-6), "测试"));
}
