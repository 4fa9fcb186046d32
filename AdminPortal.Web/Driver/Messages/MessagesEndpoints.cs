using AdminPortal.Data.Commands;
using AdminPortal.Data.Messages;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Messages;

/// <summary>/driver/messages: everything the driver was told, newest first. What is shown is read from then on.</summary>
public static class MessagesEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder app) => app.MapGet("/driver/messages", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        CommandRunner runner,
        Words words,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new OpenInbox(words.English), context.DriverRef(), ct);
        if (outcome is Outcome<IReadOnlyList<DriverMessage>>.Done { Value: var messages })
        {
            return Pages.Of<MessagesPage>(new { Messages = messages });
        }
        var problem = FormProblem.Of(words, ((Outcome<IReadOnlyList<DriverMessage>>.Refused)outcome).Refusal);
        return Pages.Problem(problem.Status, problem.Text);
    }
}
