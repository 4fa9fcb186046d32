using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver.Consent;

/// <summary>/driver/data/consent: consent to face data, its history, and its withdrawal in two steps.</summary>
public static class ConsentEndpoints
{
    public static void MapConsent(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/data/consent", ShowAsync);
        app.MapPost("/driver/data/consent", GiveAsync);
        app.MapGet("/driver/data/consent/withdrawal", ShowWithdrawalAsync);
        app.MapPost("/driver/data/consent/withdrawal", WithdrawAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ConsentPages pages, CancellationToken ct) =>
        Pages.Of<ConsentPage>(new { View = await pages.ReadAsync(context.DriverRef().Id, ct) });

    private static async Task<IResult> GiveAsync(
        HttpContext context,
        [FromForm] string? faceNoticeVersion,
        [FromForm] bool? faceConsent,
        CommandRunner runner,
        ConsentPages pages,
        PublishedTexts texts,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var outcome = await runner.RunAsync(new GiveFaceConsent(faceNoticeVersion, faceConsent ?? false), driver, ct);
        if (outcome is Outcome<Unit>.Done)
        {
            return Pages.Go("/driver/data/consent");
        }
        var refusal = ((Outcome<Unit>.Refused)outcome).Refusal;
        if (refusal.Code == RefusalCode.NoticeOutdated)
        {
            texts.Forget();
        }
        var problem = FormProblem.Of(words, refusal);
        var view = await pages.ReadAsync(driver.Id, ct);
        return Pages.Of<ConsentPage>(
            new
            {
                View = view,
                Accepted = faceConsent == true && faceNoticeVersion == view.Notice.Version,
                Problem = problem,
            },
            problem.Status
        );
    }

    private static async Task<IResult> ShowWithdrawalAsync(
        HttpContext context,
        ConsentPages pages,
        CancellationToken ct
    ) =>
        await pages.ReadAsync(context.DriverRef().Id, ct) is { InForce: not null } view
            ? Pages.Of<WithdrawalPage>(new { View = view })
            : Pages.Go("/driver/data/consent");

    private static async Task<IResult> WithdrawAsync(
        HttpContext context,
        PhotoEraser eraser,
        Words words,
        CancellationToken ct
    )
    {
        var outcome = await eraser.WithdrawAsync(context.DriverRef(), ct);
        if (outcome is Outcome<ConsentWithdrawn>.Done)
        {
            return Pages.Go("/driver/data/consent");
        }
        var problem = FormProblem.Of(words, ((Outcome<ConsentWithdrawn>.Refused)outcome).Refusal);
        return Pages.Problem(problem.Status, problem.Text, "/driver/data/consent");
    }
}
