namespace AdminPortal.Tests.Web;

/// <summary>The command line itself: help for every command, a clear word for every mistake. Nothing here needs a database.</summary>
public sealed class OperatorUsageTests
{
    private static readonly string[] All =
    [
        "serve",
        "migrate",
        "demo",
        "health",
        "keys",
        "keys create",
        "keys renew-export",
        "staff",
        "staff create",
        "import",
        "audit",
        "audit verify",
        "export",
        "export verify",
        "export key",
        "calendar",
        "calendar due",
        "calendar publish",
    ];

    public static TheoryData<string> Commands => new(All);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_help(string command)
    {
        var ran = await OperatorProgram.Bare.RunAsync([.. command.Split(' '), "--help"]);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Contains($"Usage:\n  AdminPortal.Web {command}", ran.Output);
        Assert.Contains("Description:\n  ", ran.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public async Task Help_names_every_command(string argument)
    {
        var ran = await OperatorProgram.Bare.RunAsync(argument);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        var listed = ran
            .Output.Split("Commands:\n")[1]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Split(' ')[0]);
        Assert.Equal(All.Select(c => c.Split(' ')[0]).Distinct(), listed);
    }

    [Theory]
    [InlineData("nonsense", "'nonsense'")]
    [InlineData("migrat", "'migrat'")]
    [InlineData("migrate --force", "'--force'")]
    [InlineData("staff", "command")]
    [InlineData("staff destroy 100001", "'destroy'")]
    [InlineData("staff create", "'badge'")]
    [InlineData("staff create 100001", "'role'")]
    [InlineData("staff create 100001 Boss", "Reviewer")]
    [InlineData("staff create 100001 7", "Reviewer")]
    [InlineData("staff create 100001 Reviewer,Auditor", "Reviewer")]
    [InlineData("import", "'file'")]
    [InlineData("import a b", "'b'")]
    [InlineData("audit verify --quick", "'--quick'")]
    [InlineData("calendar due", "'--days'")]
    [InlineData("calendar due --days drei", "'drei'")]
    [InlineData("calendar due --days 0", "1 to 366")]
    [InlineData("calendar due --days 367", "1 to 366")]
    [InlineData("calendar publish 2027 file.json", "'--source'")]
    [InlineData("calendar publish MMXXVII file.json --source x", "'MMXXVII'")]
    public async Task A_mistake_is_named_and_nothing_is_done(string line, string named)
    {
        var ran = await OperatorProgram.Bare.RunAsync(line.Split(' '));
        Assert.Equal(2, ran.Code);
        Assert.Empty(ran.Output);
        OperatorProgram.AssertReadable(ran.Errors);
        Assert.Contains(named, ran.Errors);
        Assert.EndsWith("Try --help.\n", ran.Errors);
    }

    [Fact]
    public async Task Due_dates_are_counted_from_standard_input()
    {
        var ran = await OperatorProgram.Bare.RunAsync(
            "2026-02-13\n2026-09-30\n2026-12-29\n",
            ["calendar", "due", "--days", "3"]
        );
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Equal("2026-02-13,2026-02-25\n2026-09-30,2026-10-10\n2026-12-29,awaiting\n", ran.Output);
    }

    [Fact]
    public async Task A_line_that_is_no_date_is_named_and_the_others_are_counted()
    {
        var ran = await OperatorProgram.Bare.RunAsync(
            "2026-02-13\r\n\n2026-02-30\n13.02.2026\n 2026-09-30 \n",
            ["calendar", "due", "--days", "3"]
        );
        Assert.Equal(1, ran.Code);
        Assert.Equal("2026-02-13,2026-02-25\n2026-09-30,2026-10-10\n", ran.Output);
        Assert.Equal(
            "line 3: '2026-02-30' is not a date such as 2026-02-13\nline 4: '13.02.2026' is not a date such as 2026-02-13\n",
            ran.Errors
        );
    }

    [Theory]
    [InlineData("health")]
    [InlineData("migrate")]
    [InlineData("audit verify")]
    [InlineData("keys create")]
    [InlineData("serve")]
    public async Task Without_settings_the_missing_one_is_named(string command)
    {
        var errors = await OperatorProgram.Bare.FailsAsync(1, command.Split(' '));
        Assert.Equal("Portal:DataFolder is not set. See docs/deployment.md.\n", errors);
    }
}
