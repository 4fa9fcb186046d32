using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver;

/// <summary>
/// The choice of language on the drivers' side, with an address of its own: here a request is authenticated as the driver, whose
/// antiforgery token the form carries; at /language the same token would belong to somebody else.
/// </summary>
public static class LanguageEndpoints
{
    public static void MapDriverLanguage(this IEndpointRouteBuilder app) => app.MapPost("/driver/language", Choose);

    private static IResult Choose(HttpContext context, [FromForm] string? lang, [FromForm] string? returnUrl)
    {
        Languages.Choose(context, lang);
        return Pages.Go(ShellEndpoints.Local(returnUrl));
    }
}
