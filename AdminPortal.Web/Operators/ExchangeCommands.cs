using System.CommandLine;
using AdminPortal.Data.Exchange;

namespace AdminPortal.Web.Operators;

/// <summary>import FILE.</summary>
internal static class ExchangeCommands
{
    public static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "Exchange file (JSON lines, see docs/exchange.md)." };
        var command = new Command(
            "import",
            "Imports drivers, licences, vehicles and violations. Bad lines are listed with their reason (exit code 1), good lines are kept."
        )
        {
            file,
        };
        command.SetAction(
            (parsed, ct) =>
                OperatorHost.RunAsync(
                    async (services, token) =>
                    {
                        var path = parsed.GetValue(file)!;
                        if (!path.Exists)
                        {
                            return await OperatorHost.FailAsync($"{path.FullName} does not exist.");
                        }
                        try
                        {
                            var report = await services
                                .GetRequiredService<ExchangeImporter>()
                                .ImportAsync(path.FullName, token);
                            foreach (var fault in report.Faults)
                            {
                                await Console.Error.WriteLineAsync($"line {fault.Line}: {fault.Reason}");
                            }
                            Console.WriteLine(
                                $"{report.Added} added, {report.Changed} changed, {report.Unchanged} unchanged, {report.Faults.Count} refused"
                            );
                            return report.Faults.Count == 0 ? 0 : 1;
                        }
                        catch (ImportRefusedException e)
                        {
                            return await OperatorHost.FailAsync($"{path.Name}: {e.Message}. Nothing was imported.");
                        }
                    },
                    ct
                )
        );
        return command;
    }
}
