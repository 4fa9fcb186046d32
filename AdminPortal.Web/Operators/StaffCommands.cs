using System.CommandLine;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;

namespace AdminPortal.Web.Operators;

/// <summary>staff create.</summary>
internal static class StaffCommands
{
    public static Command Staff()
    {
        var badge = new Argument<string>("badge") { Description = "Badge number (警号): 3 to 20 letters and digits." };
        var role = new Argument<Role>("role") { Description = $"{string.Join(", ", Enum.GetNames<Role>())}." };
        // By name and one only: the framework takes numbers and lists of names for an enum too.
        role.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Enum.GetNames<Role>());
        var name = new Option<string?>("--name") { Description = "Name shown in the portal." };
        var unit = new Option<string?>("--unit") { Description = "Unit shown in the portal." };
        var authority = new Option<string[]>("--authority")
        {
            Description = "Issuing authority whose cases the person sees, such as 渝A; may be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var idNumber = new Option<string?>("--id-number")
        {
            Description =
                "The person's own identity number, so that they are never given their own case. Stored as a key only.",
        };
        var create = new Command(
            "create",
            "Creates an account without a password and prints a one-time activation code."
        )
        {
            badge,
            role,
            name,
            unit,
            authority,
            idNumber,
        };
        create.SetAction(
            (parsed, ct) =>
                OperatorHost.RunAsync(
                    async (services, token) =>
                    {
                        var authorities = parsed.GetValue(authority) ?? [];
                        if (authorities.FirstOrDefault(a => !PlateFormat.IsAuthority(a)) is { } wrong)
                        {
                            return await OperatorHost.FailAsync($"{wrong} is not an issuing authority such as 渝A.");
                        }
                        var outcome = await services
                            .GetRequiredService<CommandRunner>()
                            .RunAsync(
                                new CreateStaff(
                                    parsed.GetValue(badge),
                                    [parsed.GetValue(role)],
                                    parsed.GetValue(name),
                                    parsed.GetValue(unit),
                                    authorities,
                                    parsed.GetValue(idNumber)
                                ),
                                ActorRef.Operator,
                                token
                            );
                        if (outcome is not Outcome<string>.Done { Value: var code })
                        {
                            return await OperatorHost.RefusedAsync(
                                services,
                                ((Outcome<string>.Refused)outcome).Refusal
                            );
                        }
                        Console.WriteLine(
                            $"Activation code (once, 72 hours): {string.Join('-', code.Chunk(4).Select(c => new string(c)))}"
                        );
                        Console.WriteLine(
                            "The person opens /account/activate with badge and code, sets a password and enrols an authenticator."
                        );
                        return 0;
                    },
                    ct
                )
        );
        return new Command("staff", "Accounts of staff.") { create };
    }
}
