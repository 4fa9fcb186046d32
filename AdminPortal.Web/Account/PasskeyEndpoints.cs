using System.Text.Json;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Account;

/// <summary>
/// Sign-in with a passkey: a question for nobody in particular, and a plain form with the answer. Both stand under the limit of
/// guesses; neither takes a name.
/// </summary>
public static class PasskeyEndpoints
{
    public static void MapPasskeySignIn(this RouteGroupBuilder group)
    {
        group.MapPost("/sign-in/passkey/question", AskAsync);
        group.MapPost("/sign-in/passkey", SignInAsync);
    }

    private static async Task<IResult> AskAsync(
        HttpContext context,
        // Empty but for the token: a form that is bound is a form whose token is checked.
        IFormCollection form,
        PasskeyDesk desk
    )
    {
        _ = form;
        if (desk.Domain is null)
        {
            return Results.NotFound();
        }
        var (question, options) = await desk.AskAsync(null);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new { state = desk.Seal(question), options = JsonSerializer.Deserialize<JsonElement>(options) }
        );
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        [FromForm] string? state,
        [FromForm] string? credential,
        [FromForm] string? returnUrl,
        PasskeyDesk desk,
        CommandRunner runner,
        CancellationToken ct
    )
    {
        if (desk.Domain is null)
        {
            return Results.NotFound();
        }
        if (desk.Open(state) is { } question)
        {
            var act = new SignInWithPasskey(question.Id, await desk.CheckAsync(question, credential));
            if (await runner.RunAsync(act, ActorRef.Anonymous, ct) is Outcome<Guid?>.Done { Value: { } staff })
            {
                return await StaffAccountEndpoints.EnterAsync(context, staff, returnUrl);
            }
        }
        // One answer for every cause, the same as for a wrong password.
        return StaffAccountEndpoints.Failed(null, returnUrl);
    }
}
