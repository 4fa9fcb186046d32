using AdminPortal.Data.Commands;
using AdminPortal.Data.Rounds;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Study;

/// <summary>What a heartbeat of the study page sends.</summary>
/// <param name="Section">The section the page shows.</param>
/// <param name="Ticket">The ticket of the answer before.</param>
public sealed record BeatRequest(string? Section, string? Ticket);

/// <summary>What the study page gets back.</summary>
public sealed record BeatAnswer(string Ticket, int Credited, int Required, bool CheckDue);

/// <summary>What the study page gets when a heartbeat is refused.</summary>
/// <param name="Code">The refusal's name, for the script.</param>
/// <param name="Text">For the reader.</param>
public sealed record BeatRefusal(string Code, string Text);

/// <summary>/driver/study: the sections, the minutes that count, the heartbeat, filing the completion.</summary>
public static class StudyEndpoints
{
    public static void MapStudy(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/study", ShowOverviewAsync);
        app.MapGet("/driver/study/resume", ResumeAsync);
        app.MapGet("/driver/study/{section}", ShowSectionAsync);
        app.MapPost("/driver/study/{section}/begin", BeginAsync);
        app.MapPost("/driver/study/beat", BeatAsync);
        app.MapPost("/driver/study/complete", CompleteAsync);
    }

    private static async Task<IResult> ShowOverviewAsync(
        HttpContext context,
        StudyPages studies,
        CancellationToken ct
    ) =>
        await studies.ReadAsync(context.DriverRef().Id, ct) is { } study
            ? Pages.Of<StudyOverviewPage>(new { Study = study })
            : Pages.Go("/driver");

    // After a face check: back to what was being read.
    private static async Task<IResult> ResumeAsync(HttpContext context, StudyPages studies, CancellationToken ct) =>
        await studies.ReadAsync(context.DriverRef().Id, ct) is { Round.Stretches: [.., var last] }
            ? Pages.Go($"/driver/study/{last.SectionId}")
            : Pages.Go("/driver/study");

    private static async Task<IResult> ShowSectionAsync(
        HttpContext context,
        string section,
        StudyPages studies,
        StudyReader reader,
        Words words,
        CancellationToken ct
    )
    {
        if (!await reader.KnowsAsync(section, ct))
        {
            return Pages.NotFound(words);
        }
        if (await studies.ReadAsync(context.DriverRef().Id, ct, section) is not { } study)
        {
            return Pages.Go("/driver");
        }
        // Out of use, and not begun before: what there is to study instead is in the overview.
        return study.Find(section) is not null
            ? Pages.Of<StudySectionPage>(
                new
                {
                    Study = study,
                    SectionId = section,
                    Ticket = StudyTicket.Read(context, section),
                }
            )
            : Pages.Go("/driver/study");
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context,
        string section,
        CommandRunner runner,
        StudyReader reader,
        Words words,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new BeginStudy(section), context.DriverRef(), ct);
        if (outcome is Outcome<StudyProgress>.Done { Value: var progress })
        {
            StudyTicket.Write(context, section, progress.Ticket);
            return Pages.Go(progress.IsCheckDue ? "/driver/face" : $"/driver/study/{section}");
        }
        var refusal = ((Outcome<StudyProgress>.Refused)outcome).Refusal;
        return refusal.Code switch
        {
            RefusalCode.VerificationMissing or RefusalCode.FaceConsentMissing => Pages.Go("/driver/face"),
            RefusalCode.NotFound when !await reader.KnowsAsync(section, ct) => Pages.NotFound(words),
            RefusalCode.NotFound when !(await reader.ReadAsync(ct)).IsInUse(section) => Pages.Go("/driver/study"),
            // The study is over, or its window is: the home page says what is next.
            _ => Pages.Go("/driver"),
        };
    }

    private static async Task<IResult> BeatAsync(
        HttpContext context,
        BeatRequest beat,
        CommandRunner runner,
        StudyReader reader,
        Words words,
        CancellationToken ct
    )
    {
        var outcome = await runner.RunAsync(new TakeBeat(beat.Ticket ?? ""), context.DriverRef(), ct);
        if (outcome is Outcome<StudyProgress>.Done { Value: var progress })
        {
            if (beat.Section is { } section && await reader.KnowsAsync(section, ct))
            {
                StudyTicket.Write(context, section, progress.Ticket);
            }
            return Results.Ok(
                new BeatAnswer(progress.Ticket, progress.CreditedSeconds, progress.RequiredSeconds, progress.IsCheckDue)
            );
        }
        var refusal = ((Outcome<StudyProgress>.Refused)outcome).Refusal;
        return Results.Json(
            new BeatRefusal(refusal.Code.ToString(), words.Of(refusal)),
            statusCode: FormProblem.StatusOf(refusal.Code)
        );
    }

    private static async Task<IResult> CompleteAsync(
        HttpContext context,
        CommandRunner runner,
        StudyPages studies,
        Words words,
        CancellationToken ct
    )
    {
        var driver = context.DriverRef();
        var outcome = await runner.RunAsync(new FileCompletion(), driver, ct);
        if (outcome is Outcome<Unit>.Done)
        {
            StudyTicket.Clear(context);
            return Pages.Go("/driver/exam");
        }
        var refusal = ((Outcome<Unit>.Refused)outcome).Refusal;
        if (refusal.Code == RefusalCode.FaceCheckPending)
        {
            return Pages.Go("/driver/face");
        }
        var problem = FormProblem.Of(words, refusal);
        return await studies.ReadAsync(driver.Id, ct) is { } study
            ? Pages.Of<StudyOverviewPage>(new { Study = study, Problem = problem }, problem.Status)
            : Pages.Go("/driver");
    }
}
