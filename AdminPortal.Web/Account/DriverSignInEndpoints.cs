using AdminPortal.Data.Accounts;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Account;

/// <summary>/driver/sign-in: name and identity number, then the code from the text message (S0-04).</summary>
public static class DriverSignInEndpoints
{
    private const string Home = "/driver";

    public static void MapDriverSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/sign-in", ShowAsync);
        app.MapPost("/driver/sign-in", RequestAsync);
        app.MapGet("/driver/sign-in/code", ShowCode);
        app.MapPost("/driver/sign-in/code", ConfirmAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string? returnUrl) =>
        (await context.AuthenticateAsync(SignIns.Driver)).Succeeded
            ? Pages.Go(Local(returnUrl))
            : Pages.Of<DriverSignInPage>(new { ReturnUrl = returnUrl });

    private static async Task<IResult> RequestAsync(
        HttpContext context,
        [FromForm] string? name,
        [FromForm] string? idNumber,
        [FromForm] string? returnUrl,
        CommandRunner runner,
        Words words,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new RequestSignInCode(name, idNumber), ActorRef.Anonymous, ct);
        if (outcome is Outcome<Guid>.Done { Value: var request })
        {
            // Known and unknown people see the same next page.
            DriverSignInRequest.Write(context, request);
            return Pages.Go($"/driver/sign-in/code{QueryString.Create("returnUrl", Local(returnUrl))}");
        }
        var problem = FormProblem.Of(words, ((Outcome<Guid>.Refused)outcome).Refusal);
        return Pages.Of<DriverSignInPage>(
            new
            {
                Name = name ?? "",
                IdNumber = idNumber ?? "",
                ReturnUrl = returnUrl,
                Problem = problem,
            },
            problem.Status
        );
    }

    private static IResult ShowCode(HttpContext context, string? returnUrl) =>
        DriverSignInRequest.Read(context) is null
            ? Pages.Go("/driver/sign-in")
            : Pages.Of<DriverSignInCodePage>(new { ReturnUrl = returnUrl });

    private static async Task<IResult> ConfirmAsync(
        HttpContext context,
        [FromForm] string? code,
        [FromForm] string? returnUrl,
        CommandRunner runner,
        Words words,
        IStringLocalizer<DriverTexts> texts,
        CancellationToken ct
    )
    {
        if (DriverSignInRequest.Read(context) is not { } request)
        {
            return Pages.Go("/driver/sign-in");
        }
        var outcome = await runner.RunAsync(new ConfirmSignInCode(request, code), ActorRef.Anonymous, ct);
        if (outcome is Outcome<Guid?>.Done { Value: { } driver })
        {
            DriverSignInRequest.Clear(context);
            await context.EnterAsync(SignIns.Driver, driver);
            return Pages.Go(Local(returnUrl));
        }
        var problem = outcome is Outcome<Guid?>.Refused { Refusal: var refusal }
            ? FormProblem.Of(words, refusal)
            : new FormProblem(
                texts["Code_Wrong", SignInCodeRow.Tries],
                "code",
                StatusCodes.Status422UnprocessableEntity
            );
        return Pages.Of<DriverSignInCodePage>(new { ReturnUrl = returnUrl, Problem = problem }, problem.Status);
    }

    /// <summary>
    /// A path of the drivers' side, or its home. Only those: the sign-in is for nothing else, and "//host" or "/\host" is
    /// another site to a browser.
    /// </summary>
    internal static string Local(string? returnUrl) =>
        returnUrl is not null
        && (
            returnUrl == Home
            || returnUrl.StartsWith($"{Home}/", StringComparison.Ordinal)
            || returnUrl.StartsWith($"{Home}?", StringComparison.Ordinal)
        )
        && !returnUrl.Contains('\\')
        && !returnUrl.Any(char.IsControl)
            ? returnUrl
            : Home;
}
