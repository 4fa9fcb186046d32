using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exams;
using AdminPortal.Domain;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Rounds;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Driver.Exam;

/// <summary>/driver/exam: the notice, the questions one at a time, the result.</summary>
public static class ExamEndpoints
{
    public static void MapExam(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/exam", ShowNoticeAsync);
        app.MapPost("/driver/exam", OpenAsync);
        app.MapGet("/driver/exam/{attempt:guid}", ShowAsync);
        app.MapGet("/driver/exam/{attempt:guid}/answers", ShowAnswersAsync);
        app.MapGet("/driver/exam/{attempt:guid}/{ordinal:int}/picture", ShowPictureAsync);
        app.MapPost("/driver/exam/{attempt:guid}/answer", AnswerAsync);
    }

    private static async Task<IResult> ShowNoticeAsync(HttpContext context, DriverPages drivers, CancellationToken ct)
    {
        var round = await drivers.RoundAsync(context.DriverRef().Id, ct);
        if (round?.Attempts.LastOrDefault(a => a.FinishedAt is null) is { } underWay)
        {
            return Pages.Go($"/driver/exam/{underWay.Id}");
        }
        return round is { State: RoundState.ExamOpen or RoundState.ResitOpen }
            ? Pages.Of<ExamNoticePage>(new { Round = round })
            : Pages.Go("/driver");
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        [FromForm] bool? notice,
        CommandRunner runner,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var outcome = await runner.RunAsync(new OpenExam(notice ?? false), driver, ct);
        if (outcome is Outcome<Guid>.Done { Value: var attempt })
        {
            return Pages.Go($"/driver/exam/{attempt}");
        }
        var problem = FormProblem.Of(words, ((Outcome<Guid>.Refused)outcome).Refusal);
        return await drivers.RoundAsync(driver.Id, ct) is { State: RoundState.ExamOpen or RoundState.ResitOpen } round
            ? Pages.Of<ExamNoticePage>(new { Round = round, Problem = problem }, problem.Status)
            : Pages.Go("/driver");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        Guid attempt,
        ExamPages exams,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef().Id;
        if (await exams.ReadAsync(driver, attempt, ct) is not { } exam)
        {
            return Pages.NotFound(words);
        }
        if (exam.State is ExamState.Opening or ExamState.Paused or ExamState.Closing)
        {
            return Pages.Go("/driver/face");
        }
        return exam.Question is null
            ? Pages.Of<ExamResultPage>(new { Exam = exam, Round = await drivers.RoundAsync(driver, ct) })
            : Pages.Of<ExamQuestionPage>(new { Exam = exam, exam.Question });
    }

    private static async Task<IResult> ShowAnswersAsync(
        HttpContext context,
        Guid attempt,
        int? from,
        ExamPages exams,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef().Id;
        if (await exams.ReadAsync(driver, attempt, ct) is not { } exam)
        {
            return Pages.NotFound(words);
        }
        return await exams.AnswersAsync(driver, attempt, ct) is { } answers
            ? Pages.Of<ExamAnswersPage>(
                new
                {
                    Exam = exam,
                    Answers = answers,
                    From = Math.Clamp(from ?? 1, 1, Math.Max(answers.Count, 1)),
                }
            )
            : Pages.Go($"/driver/exam/{attempt}");
    }

    private static async Task<IResult> ShowPictureAsync(
        HttpContext context,
        Guid attempt,
        int ordinal,
        ExamPictures pictures,
        CancellationToken ct
    ) =>
        await pictures.ReadAsync(context.DriverRef().Id, attempt, ordinal, ct) is { } picture
            ? QuestionPictureAnswer.Of(context, picture, keep: TimeSpan.FromMinutes(10))
            : Results.NotFound();

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        Guid attempt,
        [FromForm] int ordinal,
        [FromForm] int[] choice,
        CommandRunner runner,
        ExamPages exams,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var outcome = await runner.RunAsync(new AnswerQuestion(attempt, ordinal, choice), driver, ct);
        if (outcome is Outcome<ExamState>.Done)
        {
            return Pages.Go($"/driver/exam/{attempt}");
        }
        var refusal = ((Outcome<ExamState>.Refused)outcome).Refusal;
        if (await exams.ReadAsync(driver.Id, attempt, ct) is not { } exam)
        {
            return Pages.NotFound(words);
        }
        if (exam.Question is not { } question)
        {
            return Pages.Go($"/driver/exam/{attempt}");
        }
        var problem = FormProblem.Of(words, refusal);
        if (refusal.Code == RefusalCode.AnswerInvalid)
        {
            problem = problem with { Field = "choice-0" };
        }
        return Pages.Of<ExamQuestionPage>(
            new
            {
                Exam = exam,
                Question = question,
                Problem = problem,
            },
            problem.Status
        );
    }
}
