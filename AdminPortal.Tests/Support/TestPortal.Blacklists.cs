using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;

namespace AdminPortal.Tests.Support;

// Who is put on the blacklist, and how they come off it again.
public sealed partial class TestPortal
{
    /// <summary>A description that no rule objects to.</summary>
    public const string Facts = "抓拍照片显示由他人代为参加考试。";

    /// <summary>An appeal that no rule objects to.</summary>
    public const string AppealReason = "照片里的人就是我本人，当天戴了新眼镜，附照片为证。";

    public async Task<Guid> ProposeAsync(TestOfficer officer, TestDriver driver, Guid? round = null) =>
        await DoAsync(new ProposeBlacklisting(driver.Id, BlacklistGround.Proxy, Facts, round), officer.Ref);

    /// <summary>Proposed by one officer, confirmed by another.</summary>
    public async Task<Guid> BlacklistAsync(TestDriver driver, Guid? round = null)
    {
        var entry = await ProposeAsync(await CreateOfficerAsync(), driver, round);
        await DoAsync(new ConfirmBlacklisting(entry), (await CreateOfficerAsync(Role.Supervisor)).Ref);
        return entry;
    }

    public async Task<Guid> AppealAsync(
        TestDriver driver,
        Guid entry,
        int photos = 1,
        string reason = AppealReason,
        int pdfs = 0
    )
    {
        ReadOnlyMemory<byte>[] uploads =
        [
            .. Enumerable.Repeat(SamplePhotos.Named("A-live").Bytes, photos),
            .. Enumerable.Repeat(SamplePaper.Bytes, pdfs),
        ];
        var outcome = await Get<AppealService>().FileAsync(driver.Ref, entry, reason, uploads, default);
        return outcome is Outcome<FiledAppeal>.Done { Value: var filed }
            ? filed.CaseId
            : throw new InvalidOperationException($"{((Outcome<FiledAppeal>.Refused)outcome).Refusal.Code}");
    }

    /// <summary>Claims an appeal and proposes to uphold it, or rejects it.</summary>
    public async Task AnswerAppealAsync(TestOfficer officer, Guid caseId, bool uphold)
    {
        await DoAsync(new ClaimCase(caseId), officer.Ref);
        await DoAsync(
            new DecideAppeal(caseId, (await CaseAsync(caseId)).Version, uphold, "经核查均为本人。"),
            officer.Ref
        );
    }

    /// <summary>Claims an appeal that was proposed to be upheld, and confirms it.</summary>
    public async Task ConfirmAppealAsync(TestOfficer officer, Guid caseId)
    {
        await DoAsync(new ClaimCase(caseId), officer.Ref);
        await DoAsync(new ConfirmAppeal(caseId, (await CaseAsync(caseId)).Version, "材料属实。"), officer.Ref);
    }

    /// <summary>Upheld by two officers.</summary>
    public async Task UpholdAppealAsync(Guid caseId)
    {
        await AnswerAppealAsync(await CreateOfficerAsync(), caseId, true);
        await ConfirmAppealAsync(await CreateOfficerAsync(Role.Supervisor), caseId);
    }

    /// <summary>A driver whose exam took a point off, and the round it was.</summary>
    public async Task<(TestDriver Driver, Guid Round)> DriverWithReductionAsync(string authority = "渝A")
    {
        var driver = await DriverBeforeExamAsync(authority);
        await PassExamAsync(driver);
        await FaceAsync(driver);
        await Get<PointsDispatcher>().RunAsync(default);
        return (driver, (await RoundOfAsync(driver)).Id);
    }
}
