using AdminPortal.Data.Casework;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Feedback;

namespace AdminPortal.Tests.Support;

// Feedback of drivers and its answer.
public sealed partial class TestPortal
{
    /// <summary>Words that no rule objects to.</summary>
    public const string FeedbackText = "今天上午学习时页面一直打不开，请核实处理。";

    /// <summary>Files feedback with so many photos; it must be taken.</summary>
    public async Task<Guid> FileFeedbackAsync(
        TestDriver driver,
        FeedbackKind kind = FeedbackKind.SystemFault,
        string text = FeedbackText,
        int photos = 0
    )
    {
        var outcome = await TryFeedbackAsync(driver, Guid.NewGuid(), kind, text, photos);
        return Assert.IsType<Outcome<FiledFeedback>.Done>(outcome).Value.CaseId;
    }

    /// <summary>The same, which may be refused.</summary>
    public Task<Outcome<FiledFeedback>> TryFeedbackAsync(
        TestDriver driver,
        Guid formKey,
        FeedbackKind? kind = FeedbackKind.SystemFault,
        string? text = FeedbackText,
        int photos = 0
    ) =>
        Get<FeedbackService>()
            .FileAsync(
                driver.Ref,
                formKey,
                kind,
                text,
                [
                    .. Enumerable
                        .Range(1, photos)
                        .Select(n => new PhotoUpload($"photo{n}", SamplePhotos.Named("no-face").Bytes)),
                ],
                default
            );

    /// <summary>Claims a ticket and answers it on the version that is shown.</summary>
    public async Task AnswerAsync(TestOfficer officer, Guid caseId, bool resolve, string answer)
    {
        await DoAsync(new ClaimCase(caseId), officer.Ref);
        await DoAsync(new AnswerFeedback(caseId, (await CaseAsync(caseId)).Version, resolve, answer), officer.Ref);
    }
}
