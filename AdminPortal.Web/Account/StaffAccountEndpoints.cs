using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Account;

/// <summary>Sign-in, activation and sign-out of staff: static pages and plain forms, no circuit before somebody is known.</summary>
public static class StaffAccountEndpoints
{
    private const string Home = "/staff";

    public static void MapStaffAccount(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/account").AllowAnonymous();
        group.MapGet(
            "/sign-in",
            (string? returnUrl, bool? signedOut) =>
                Page<StaffSignInPage>(new { ReturnUrl = returnUrl, SignedOut = signedOut == true })
        );
        group.MapPost("/sign-in", SignInAsync);
        group.MapPasskeySignIn();
        group.MapGet("/activate", () => Page<StaffActivatePage>(new { }));
        group.MapPost("/activate", BeginAsync);
        group.MapPost("/activate/complete", CompleteAsync);
        group.MapPost("/sign-out", SignOutAsync);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        [FromForm] string? badge,
        [FromForm] string? password,
        [FromForm] string? code,
        [FromForm] string? returnUrl,
        CommandRunner runner,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new SignInStaff(badge, password, code), ActorRef.Anonymous, ct);
        if (outcome is Outcome<Guid?>.Done { Value: { } staff })
        {
            return await EnterAsync(context, staff, returnUrl);
        }
        // One answer for every cause: which of the three was wrong, or whether there is such a badge, is not said.
        return Failed(badge, returnUrl);
    }

    internal static IResult Failed(string? badge, string? returnUrl) =>
        Page<StaffSignInPage>(
            new
            {
                Badge = badge,
                ReturnUrl = returnUrl,
                Failed = true,
            },
            StatusCodes.Status422UnprocessableEntity
        );

    private static Task<IResult> BeginAsync(
        [FromForm] string? badge,
        [FromForm] string? activationCode,
        CommandRunner runner,
        CancellationToken ct
    ) => EnrolAsync(runner, badge, activationCode, null, ct);

    private static async Task<IResult> CompleteAsync(
        HttpContext context,
        [FromForm] string? badge,
        [FromForm] string? activationCode,
        [FromForm] string? password,
        [FromForm] string? repeat,
        [FromForm] string? code,
        CommandRunner runner,
        CancellationToken ct
    )
    {
        var act = new ActivateStaff(badge, activationCode, password, repeat, code);
        return await runner.RunAsync(act, ActorRef.Anonymous, ct) switch
        {
            // Password and authenticator were both proven a moment ago.
            Outcome<Guid?>.Done { Value: { } staff } => await EnterAsync(context, staff, null),
            Outcome<Guid?>.Refused { Refusal: var refusal } => await EnrolAsync(
                runner,
                badge,
                activationCode,
                refusal,
                ct
            ),
            _ => WrongCode(badge),
        };
    }

    private static async Task<IResult> EnrolAsync(
        CommandRunner runner,
        string? badge,
        string? activationCode,
        Refusal? refusal,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new BeginActivation(badge, activationCode), ActorRef.Anonymous, ct);
        return outcome is Outcome<Enrolment?>.Done { Value: { } enrolment }
            ? Page<StaffEnrolPage>(
                new
                {
                    Enrolment = enrolment,
                    ActivationCode = activationCode,
                    Refusal = refusal,
                },
                refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
            )
            : WrongCode(badge);
    }

    private static IResult WrongCode(string? badge) =>
        Page<StaffActivatePage>(new { Badge = badge, Failed = true }, StatusCodes.Status422UnprocessableEntity);

    internal static async Task<IResult> EnterAsync(HttpContext context, Guid staff, string? returnUrl)
    {
        await context.EnterAsync(SignIns.Staff, staff);
        return Results.LocalRedirect(Local(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        // Nothing of the form is bound, so the framework would not ask for the token by itself.
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }
        await context.SignOutAsync(SignIns.Staff);
        return Results.LocalRedirect("/account/sign-in?signedOut=true");
    }

    /// <summary>A path of the officers' side, or its home: never another site ("//host" and "/\host" are one to a browser).</summary>
    internal static string Local(string? url) =>
        url is not null
        && (
            url == Home
            || url.StartsWith($"{Home}/", StringComparison.Ordinal)
            || url.StartsWith($"{Home}?", StringComparison.Ordinal)
        )
        && !url.Contains('\\')
        && !url.Any(char.IsControl)
            ? url
            : Home;

    private static RazorComponentResult<T> Page<T>(object parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new(parameters) { StatusCode = status };
}
