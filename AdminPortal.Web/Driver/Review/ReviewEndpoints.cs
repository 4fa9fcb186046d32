using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Rounds;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver.Review;

/// <summary>/driver/review/{attempt}: ask for a review of a result, and see what becomes of it.</summary>
public static class ReviewEndpoints
{
    public static void MapReview(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/review/{attempt:guid}", ShowAsync);
        app.MapPost("/driver/review/{attempt:guid}", FileAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        Guid attempt,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    ) => Show(await drivers.RoundAsync(context.DriverRef().Id, ct), attempt, "", null, words);

    private static async Task<IResult> FileAsync(
        HttpContext context,
        Guid attempt,
        [FromForm] string? reason,
        CommandRunner runner,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var outcome = await runner.RunAsync(new FileReview(attempt, reason), driver, ct);
        if (outcome is Outcome<Guid>.Done)
        {
            return Pages.Go($"/driver/review/{attempt}");
        }
        var problem = FormProblem.Of(words, ((Outcome<Guid>.Refused)outcome).Refusal);
        return Show(await drivers.RoundAsync(driver.Id, ct), attempt, reason ?? "", problem, words);
    }

    private static IResult Show(RoundView? round, Guid attemptId, string reason, FormProblem? problem, Words words)
    {
        var attempt = round?.Attempts.FirstOrDefault(a => a.Id == attemptId);
        if (round is null || attempt is null)
        {
            return Pages.NotFound(words);
        }
        var status = problem?.Status ?? StatusCodes.Status200OK;
        if (round.Review is { } review && review.AttemptId == attemptId)
        {
            return Pages.Of<ReviewStatePage>(
                new
                {
                    Round = round,
                    Review = review,
                    Problem = problem,
                },
                status
            );
        }
        return round.State == RoundState.Invalid && attempt == round.Attempts[^1]
            ? Pages.Of<ReviewFormPage>(
                new
                {
                    Round = round,
                    Attempt = attempt,
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
