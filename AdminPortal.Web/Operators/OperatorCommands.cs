using System.CommandLine;

namespace AdminPortal.Web.Operators;

/// <summary>The command line for operators. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.</summary>
public static class OperatorCommands
{
    /// <summary>
    /// True when the arguments are an operator's command, known or mistyped, not the web program: a word that is neither
    /// "serve" nor a setting.
    /// </summary>
    public static bool Knows(string[] args) =>
        args is [var first, ..]
        && (
            first is "-h" or "-?" or "--help" or "--version"
            || (
                first == "serve"
                    ? args.Any(a => a is "-h" or "-?" or "--help")
                    : first is [>= 'a' and <= 'z', ..] && !first.Contains('=')
            )
        );

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("学法减分管理平台 · Points reduction portal")
        {
            ServeHelp(),
            DatabaseCommands.Migrate(),
            DatabaseCommands.Demo(),
            DatabaseCommands.Health(),
            DatabaseCommands.Keys(),
            StaffCommands.Staff(),
            ExchangeCommands.Import(),
            AuditCommands.Audit(),
            ExportCommands.Export(),
            CalendarCommands.Calendar(),
        };
        var parsed = root.Parse(args is ["help", .. var rest] ? [.. rest, "--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }
            await Console.Error.WriteLineAsync("Try --help.");
            return 2;
        }
        return await parsed.InvokeAsync();
    }

    // Serving itself takes the framework's own settings too (--urls, --Portal:DataFolder=…), so it is not parsed here.
    private static Command ServeHelp() =>
        new(
            "serve",
            "Serves the web program (also without any command). Settings may follow, such as --urls http://127.0.0.1:5080"
        )
        {
            new Option<bool>("--demo") { Description = "Development only: loads the demonstration first." },
        };
}
