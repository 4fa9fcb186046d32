using System.CommandLine;
using AdminPortal.Data.Audit;

namespace AdminPortal.Web.Operators;

/// <summary>audit verify.</summary>
internal static class AuditCommands
{
    public static Command Audit()
    {
        var verify = new Command(
            "verify",
            "Proves that no entry of the audit trail was altered, removed or put in between."
        );
        verify.SetAction(
            (_, ct) =>
                OperatorHost.RunAsync(
                    async (services, token) =>
                    {
                        var verdict = await services.GetRequiredService<AuditVerifier>().VerifyAsync(token);
                        if (verdict.Fault is { } fault)
                        {
                            return await OperatorHost.FailAsync(fault);
                        }
                        Console.WriteLine($"{verdict.Entries} entries, unbroken.");
                        return 0;
                    },
                    ct
                )
        );
        return new Command("audit", "The audit trail.") { verify };
    }
}
