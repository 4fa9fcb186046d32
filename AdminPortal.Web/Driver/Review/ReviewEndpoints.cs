using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver.Review;

/// <summary>/driver/review/{id}: ask for a review of an exam or a study period, and see what becomes of it.</summary>
public static class ReviewEndpoints
{
    public static void MapReview(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/review/{id:guid}", ShowAsync);
        app.MapPost("/driver/review/{id:guid}", FileAsync);
        app.MapPost("/driver/review/{id:guid}/waive", WaiveAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        Guid id,
        DriverPages drivers,
        Words words,
        TimeProvider clock,
        CancellationToken ct
    ) => Show(await drivers.RoundAsync(context.DriverRef().Id, ct), id, "", null, words, clock);

    private static async Task<IResult> FileAsync(
        HttpContext context,
        Guid id,
        [FromForm] string? reason,
        CommandRunner runner,
        DriverPages drivers,
        Words words,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var subject = ReviewSubject.Find(await drivers.RoundAsync(driver.Id, ct), id);
        var outcome = subject?.Check is not null
            ? await runner.RunAsync(new FileStudyReview(id, reason), driver, ct)
            : await runner.RunAsync(new FileReview(id, reason), driver, ct);
        if (outcome is Outcome<Guid>.Done)
        {
            return Pages.Go($"/driver/review/{id}");
        }
        var problem = FormProblem.Of(words, ((Outcome<Guid>.Refused)outcome).Refusal);
        return Show(await drivers.RoundAsync(driver.Id, ct), id, reason ?? "", problem, words, clock);
    }

    private static async Task<IResult> WaiveAsync(
        HttpContext context,
        Guid id,
        CommandRunner runner,
        DriverPages drivers,
        Words words,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var outcome = await runner.RunAsync(new WaiveReview(id), driver, ct);
        if (outcome is Outcome<Unit>.Done)
        {
            return Pages.Go("/driver");
        }
        var problem = FormProblem.Of(words, ((Outcome<Unit>.Refused)outcome).Refusal);
        return Show(await drivers.RoundAsync(driver.Id, ct), id, "", problem, words, clock);
    }

    private static IResult Show(
        RoundView? round,
        Guid id,
        string reason,
        FormProblem? problem,
        Words words,
        TimeProvider clock
    )
    {
        if (round is null || ReviewSubject.Find(round, id) is not { } subject)
        {
            return Pages.NotFound(words);
        }
        var status = problem?.Status ?? StatusCodes.Status200OK;
        if (round.ReviewOf(id) is { } review)
        {
            return Pages.Of<ReviewStatePage>(
                new
                {
                    Round = round,
                    Review = review,
                    Subject = subject,
                    Problem = problem,
                },
                status
            );
        }
        return subject.MayFile(round, clock.GetUtcNow())
            ? Pages.Of<ReviewFormPage>(
                new
                {
                    Round = round,
                    Subject = subject,
                    Reason = reason,
                    Problem = problem,
                },
                status
            )
            : Pages.Problem(
                StatusCodes.Status422UnprocessableEntity,
                problem?.Text ?? words.Of(new Refusal(RefusalCode.ReviewNotOpen)),
                "/driver/round"
            );
    }
}
