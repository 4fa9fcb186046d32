using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Stories;

/// <summary>Nobody studies before their face was checked.</summary>
public sealed class FirstEntryTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [Trait("Rule", "S0-08")]
    [Trait("Rule", "S1-26")]
    [InlineData("渝F")]
    [InlineData("渝A")]
    public async Task Study_begins_only_after_the_face_check_is_passed(string authority)
    {
        var driver = await _portal.ImportDriverAsync(authority);
        await _portal.ApplyAsync(driver);
        var study = new BeginStudy(StarterContent.Sections[0].Id);

        Assert.Equal(RefusalCode.VerificationMissing, (await _portal.RefusedAsync(study, driver.Ref)).Code);
        Assert.Equal(FaceOutcome.NoFace, (await _portal.FaceAsync(driver, "no-face")).Outcome);
        Assert.Equal(RefusalCode.VerificationMissing, (await _portal.RefusedAsync(study, driver.Ref)).Code);
    }

    [Fact]
    [Trait("Rule", "S1-26")]
    public async Task A_verification_is_relied_on_for_a_day()
    {
        var driver = await _portal.DriverInStudyAsync();
        var study = new BeginStudy(StarterContent.Sections[0].Id);
        await _portal.DoAsync(study, driver.Ref);

        _portal.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(RefusalCode.VerificationMissing, (await _portal.RefusedAsync(study, driver.Ref)).Code);
        var due = await _portal.DoAsync(new OpenFaceChallenge(), driver.Ref);
        Assert.Equal(FaceCheckPurpose.Verification, due.Purpose);
    }
}
