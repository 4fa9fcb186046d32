using AdminPortal.Data.Casework;
using AdminPortal.Data.Points;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Feedback;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Statistics;

/// <summary>Something of everything that is counted, over the end of a month, under three schemes.</summary>
internal static class StatisticsStory
{
    /// <summary>The last evening of March 2026 in China.</summary>
    public static readonly DateTimeOffset Start = TestClock.China(2026, 3, 31, 20);

    /// <summary>Whose figures the tests ask for; 渝B happens beside it.</summary>
    public static readonly string[] Authorities = ["渝A", "渝F", "鄂A"];

    public static async Task TellAsync(TestPortal portal)
    {
        await portal.DriverWithReductionAsync();
        await RefusedAsync(portal, "渝A");
        await portal.DriverWithLostStudyAsync();
        // So far it was March in China; what follows happens in April.
        portal.Clock.Now = TestClock.China(2026, 4, 1, 9);
        await portal.DriverWithReductionAsync("渝B");
        await RefusedAsync(portal, "渝B");
        await RefusedAsync(portal, "鄂A");
        await portal.DriverWithReductionAsync("鄂A");
        await portal.ApplyAsync(await portal.ImportDriverAsync("渝F"));
        var officer = await portal.CreateOfficerAsync(authorities: Authorities);
        var adviser = await portal.CreateOfficerAsync(authorities: Authorities);
        foreach (var upheld in new[] { true, false })
        {
            var (driver, attempt) = await portal.DriverWithInvalidResultAsync();
            var filed = await portal.FileReviewAsync(driver, attempt);
            portal.Clock.Advance(TimeSpan.FromHours(upheld ? 2 : 30));
            await portal.DoAsync(new ClaimCase(filed), officer.Ref);
            await portal.DoAsync(new AskOpinion(filed, "是否同一人？"), officer.Ref);
            await portal.DoAsync(new GiveOpinion(filed, true, "看过。"), adviser.Ref);
            await portal.DecideAsync(officer, filed, upheld);
            if (!upheld)
            {
                await portal.PassExamAsync(driver);
                await portal.FaceAsync(driver);
            }
        }
        await portal.DriverWithExamNotAcceptedAsync();
        var photographed = await portal.DriverWithFailedVerificationAsync();
        await portal.DecideIdPhotoAsync(officer, await portal.FileIdPhotoAsync(photographed), true);
        var asker = await portal.ImportDriverAsync();
        await portal.AnswerAsync(officer, await portal.FileFeedbackAsync(asker), true, "已修复，请重新办理。");
        await portal.FileFeedbackAsync(asker, FeedbackKind.PolicyQuestion);
        await portal.FileFeedbackAsync(await portal.ImportDriverAsync("渝B"), FeedbackKind.PolicyQuestion);
        var (blacklisted, round) = await portal.DriverWithReductionAsync();
        var entry = await portal.BlacklistAsync(blacklisted, round);
        await portal.AppealAsync(blacklisted, entry);
        await portal.DecideAttendancesAsync(await portal.ImportDriverAsync("鄂A", points: 6));
        await OutageAsync(portal);
        await portal.Get<PointsDispatcher>().RunAsync(default);
    }

    /// <summary>An application that is refused for its twelve points.</summary>
    private static async Task RefusedAsync(TestPortal portal, string authority)
    {
        var barred = await portal.ImportDriverAsync(authority, points: 12);
        var decision = await portal.DoAsync(TestPortal.Application(barred), barred.Ref);
        Assert.False(decision.IsApproved);
    }

    private static async Task OutageAsync(TestPortal portal)
    {
        var driver = await portal.ImportDriverAsync();
        await portal.ApplyAsync(driver);
        portal.Faces.Answer(FaceOutcome.Unavailable);
        await portal.FaceAsync(driver);
    }
}
