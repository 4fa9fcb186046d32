using AdminPortal.Data.Commands;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Domain;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Driver.Study;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Face;

/// <summary>/driver/face: the face check that is due now, whichever it is.</summary>
public static class FaceEndpoints
{
    public static void MapFace(this IEndpointRouteBuilder app)
    {
        app.MapGet("/driver/face", ShowAsync);
        app.MapPost("/driver/face", SubmitAsync).TakesPhoto();
    }

    private static Task<IResult> ShowAsync(HttpContext context, CancellationToken ct) => AgainAsync(context, null, ct);

    // The form is read here and not bound, so that an oversized one reaches the filter above and gets its own answer.
    private static async Task<IResult> SubmitAsync(HttpContext context, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        if (!Guid.TryParse(form["challenge"], out var challenge))
        {
            return Pages.Go("/driver/face");
        }
        return form.Files["photo"] is { } photo
            ? await CheckAsync(context, challenge, await Uploads.ReadAsync(photo, ct), ct)
            : await AgainAsync(context, new Refusal(RefusalCode.PhotoEmpty, "photo"), ct);
    }

    /// <summary>Submits a photo and leads on to where its outcome belongs.</summary>
    internal static async Task<IResult> CheckAsync(
        HttpContext context,
        Guid challenge,
        ReadOnlyMemory<byte> photo,
        CancellationToken ct
    )
    {
        var checks = context.RequestServices.GetRequiredService<FaceCheckService>();
        var outcome = await checks.SubmitAsync(context.DriverRef(), challenge, photo, ct);
        return outcome is Outcome<FaceVerdict>.Done { Value: var verdict }
            ? Pages.Go(await AfterAsync(context, verdict, ct))
            : await AgainAsync(context, ((Outcome<FaceVerdict>.Refused)outcome).Refusal, ct);
    }

    private static async Task<string> AfterAsync(HttpContext context, FaceVerdict verdict, CancellationToken ct)
    {
        if (verdict.State == FaceSeriesState.Open)
        {
            return "/driver/face";
        }
        var passed = verdict.State == FaceSeriesState.Passed;
        switch (verdict.Purpose)
        {
            case FaceCheckPurpose.Verification:
                return passed ? "/driver/study" : "/driver/face";
            case FaceCheckPurpose.Study:
                if (passed)
                {
                    return "/driver/study/resume";
                }
                // The study was ended: its ticket would only show a clock that does not run.
                StudyTicket.Clear(context);
                return "/driver/study";
            case FaceCheckPurpose.ExamStart:
            case FaceCheckPurpose.Exam:
            case FaceCheckPurpose.ExamEnd:
                var drivers = context.RequestServices.GetRequiredService<DriverPages>();
                var round = await drivers.RoundAsync(context.DriverRef().Id, ct);
                return round is { Attempts: [.., var attempt] } ? $"/driver/exam/{attempt.Id}" : "/driver";
        }
        return "/driver";
    }

    /// <summary>The page of the check that is due, with what was refused; the home page when none is due.</summary>
    internal static async Task<IResult> AgainAsync(HttpContext context, Refusal? refusal, CancellationToken ct)
    {
        var runner = context.RequestServices.GetRequiredService<CommandRunner>();
        var words = context.RequestServices.GetRequiredService<Words>();
        var opened = await runner.RunAsync(new OpenFaceChallenge(), context.DriverRef(), ct);
        if (opened is Outcome<FaceChallenge>.Refused { Refusal: { Code: RefusalCode.FaceConsentMissing } missing })
        {
            return Pages.Of<NoConsentPage>(new { Text = words.Of(missing) }, FormProblem.StatusOf(missing.Code));
        }
        if (opened is not Outcome<FaceChallenge>.Done { Value: var challenge })
        {
            return Pages.Go("/driver");
        }
        var problem = refusal is null ? null : FormProblem.Of(words, refusal);
        return Pages.Of<FacePage>(
            new { Challenge = challenge, Problem = problem },
            problem?.Status ?? StatusCodes.Status200OK
        );
    }
}
