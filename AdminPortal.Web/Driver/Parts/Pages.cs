using AdminPortal.Domain;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Driver.Parts;

/// <summary>How the driver endpoints answer.</summary>
internal static class Pages
{
    /// <summary>A page, rendered to static HTML.</summary>
    public static IResult Of<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    /// <summary>A page that says what went wrong and leads back.</summary>
    public static IResult Problem(int status, string text, string back = "/driver") =>
        Of<ProblemPage>(new { Text = text, Back = back }, status);

    /// <summary>"Not there, or not yours": the same answer for both.</summary>
    public static IResult NotFound(Words words) =>
        Problem(StatusCodes.Status404NotFound, words.Of(new Refusal(RefusalCode.NotFound)));

    /// <summary>After a post: the browser gets the next page by itself, so that reloading repeats nothing.</summary>
    public static IResult Go(string path) => Results.LocalRedirect(path);

    /// <summary>
    /// Open to everybody, yet known as the driver when signed in. Without the policy the fallback policy would look for an
    /// officer, find nobody, and the antiforgery token of a signed-in driver would no longer fit.
    /// </summary>
    public static RouteGroupBuilder OpenToAll(this RouteGroupBuilder group) =>
        group.WithDriverRules().RequireAuthorization(SignIns.Driver).AllowAnonymous();

    /// <summary>
    /// What holds for every driver endpoint: a post without a valid antiforgery token is refused even when its handler binds no
    /// form field (the framework checks only handlers that do).
    /// </summary>
    public static RouteGroupBuilder WithDriverRules(this RouteGroupBuilder group)
    {
        group.WithMetadata(new RequireAntiforgeryTokenAttribute());
        group.AddEndpointFilter(
            async (call, next) =>
            {
                var context = call.HttpContext;
                if (
                    HttpMethods.IsPost(context.Request.Method)
                    && context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }
                )
                {
                    var texts = context.RequestServices.GetRequiredService<IStringLocalizer<DriverTexts>>();
                    return Problem(StatusCodes.Status400BadRequest, texts["Problem_FormExpired"]);
                }
                return await next(call);
            }
        );
        return group;
    }
}
