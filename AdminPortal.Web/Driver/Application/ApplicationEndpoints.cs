using AdminPortal.Data.Applications;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Texts;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver.Application;

/// <summary>/driver/application: read the notice, confirm the mobile number, apply; then the decision with every ground.</summary>
public static class ApplicationEndpoints
{
    public static void MapApplication(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/application", ShowFormAsync);
        app.MapPost("/driver/application", ApplyAsync);
        app.MapGet("/driver/application/{id:guid}", ShowDecisionAsync);
    }

    private static async Task<IResult> ShowFormAsync(
        HttpContext context,
        DriverPages drivers,
        ConsentPages consents,
        PublishedTexts texts,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef().Id;
        // One round at a time (S1-29): the running one is shown on the home page, with its next step.
        return
            await drivers.HomeAsync(driver, words.English, ct) is { Scheme: not null, Round: not { IsOpen: true } } home
            ? Pages.Of<ApplicationPage>(
                new
                {
                    Home = home,
                    FormKey = Guid.NewGuid(),
                    Notice = await texts.NoticeAsync(TextKind.ServiceNotice, ct),
                    Consent = await consents.ReadAsync(driver, ct),
                    Mobile = await drivers.MobileAsync(driver, ct),
                }
            )
            : Pages.Go("/driver");
    }

    private static async Task<IResult> ApplyAsync(
        HttpContext context,
        [FromForm] Guid formKey,
        [FromForm] string? noticeVersion,
        [FromForm] bool? notice,
        [FromForm] string? faceNoticeVersion,
        [FromForm] bool? faceConsent,
        [FromForm] string? mobile,
        CommandRunner runner,
        DriverPages drivers,
        ConsentPages consents,
        PublishedTexts texts,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var form = new Apply(formKey, noticeVersion, notice ?? false, faceNoticeVersion, faceConsent ?? false, mobile);
        var outcome = await runner.RunAsync(form, driver, ct);
        if (outcome is Outcome<ApplicationDecision>.Done { Value: var decision })
        {
            return Pages.Go($"/driver/application/{decision.ApplicationId}");
        }
        var refusal = ((Outcome<ApplicationDecision>.Refused)outcome).Refusal;
        if (refusal.Code == RefusalCode.NoticeOutdated)
        {
            // Published while the form was open: the answer shows what is in force now.
            texts.Forget();
        }
        var problem = FormProblem.Of(words, refusal);
        var current = await texts.NoticeAsync(TextKind.ServiceNotice, ct);
        var consent = await consents.ReadAsync(driver.Id, ct);
        return await drivers.HomeAsync(driver.Id, words.English, ct) is { Scheme: not null } home
            ? Pages.Of<ApplicationPage>(
                new
                {
                    Home = home,
                    FormKey = formKey,
                    Notice = current,
                    Consent = consent,
                    // Everything typed stays; a tick stays beside the words it was set to, and not beside others.
                    FaceConsent = faceConsent == true && faceNoticeVersion == consent.Notice.Version,
                    Mobile = mobile ?? "",
                    NoticeAccepted = notice == true && noticeVersion == current.Version,
                    Problem = problem,
                },
                problem.Status
            )
            : Pages.Problem(problem.Status, problem.Text);
    }

    private static async Task<IResult> ShowDecisionAsync(
        HttpContext context,
        Guid id,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    ) =>
        await drivers.ApplicationAsync(context.DriverRef().Id, id, ct) is { } result
            ? Pages.Of<DecisionPage>(new { Result = result })
            : Pages.NotFound(words);
}
