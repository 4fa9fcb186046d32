using AdminPortal.Data.Casework;
using AdminPortal.Data.Demo;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Leads;
using AdminPortal.Tests.Support;
using Npgsql;

namespace AdminPortal.Tests.Data.Casework;

/// <summary>A PDF handed in as evidence, from the driver to the officer's desk.</summary>
[Trait("Rule", "D-PDF")]
public sealed class PdfEvidenceTests : IAsyncLifetime
{
    private static readonly byte[] Paper = SamplePaper.Bytes.ToArray();

    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S1-40")]
    public async Task With_an_appeal_it_is_stored_as_it_is_and_sealed_and_every_look_is_recorded()
    {
        var (driver, other) = (await _portal.ImportDriverAsync(), await _portal.ImportDriverAsync());
        var id = await _portal.AppealAsync(driver, await _portal.BlacklistAsync(driver), photos: 1, pdfs: 1);
        var officer = await _portal.CreateOfficerAsync();

        var desk = await _portal.DoAsync(new ViewCase(id), officer.Ref);
        Assert.Equal([(1, PhotoFormat.Jpeg), (2, PhotoFormat.Pdf)], desk.Files.Select(f => (f.Number, f.Format)));
        var paper = desk.Files[1];
        Assert.Equal(Paper.Length, paper.Length);
        Assert.Equal(0, await LooksAsync("ViewCasePhoto"));
        var seen = await _portal.DoAsync(new ViewCasePhoto(id, paper.Id), officer.Ref);
        Assert.Equal(1, await LooksAsync("ViewCasePhoto"));
        Assert.Equal(
            (PhotoFormat.Pdf, $"{(await _portal.CaseAsync(id)).Number}-2.pdf"),
            (seen.Format, seen.DownloadName)
        );
        Assert.Equal(
            PhotoFormat.Jpeg,
            (await _portal.DoAsync(new ViewCasePhoto(id, desk.Files[0].Id), officer.Ref)).Format
        );

        Assert.Equal(Paper, await _portal.Get<PhotoFiles>().ReadAsync(paper.Id, default));
        Assert.All(
            Directory.EnumerateFiles(_portal.Folder.Photos, "*", SearchOption.AllDirectories),
            file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf("%PDF"u8) < 0, file)
        );

        // With another case, and to another driver, it is not there.
        var elsewhere = await _portal.FileFeedbackAsync(driver);
        Assert.Equal(
            RefusalCode.NotFound,
            (await _portal.RefusedAsync(new ViewCasePhoto(elsewhere, paper.Id), officer.Ref)).Code
        );
        Assert.Equal(RefusalCode.NotFound, (await _portal.RefusedAsync(new ViewMyPhoto(paper.Id), other.Ref)).Code);

        Assert.Equal(seen, await _portal.DoAsync(new ViewMyPhoto(paper.Id), driver.Ref));
        var mine = await _portal.Get<MyDataPages>().PhotosAsync(driver.Id, default);
        Assert.Equal(PhotoFormat.Pdf, mine.Single(p => p.Id == paper.Id).Format);
        var table = (await _portal.Get<MyDataPages>().ReadAsync(driver.Id, false, default)).Single(t =>
            t.Name == "Photos"
        );
        Assert.Contains(table.Rows, row => row.Contains(PhotoFormat.Pdf) && row.Contains(Paper.Length));
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "D-EVIDENCE")]
    public async Task As_what_an_officer_asked_for_it_is_taken_and_a_damaged_one_leaves_the_question_open()
    {
        var (driver, officer) = (await _portal.ImportDriverAsync(), await _portal.CreateOfficerAsync());
        var id = await _portal.FileFeedbackAsync(driver, photos: 1);
        await _portal.DoAsync(new ClaimCase(id), officer.Ref);
        await _portal.DoAsync(new AskEvidence(id, "请补交缴款凭证。"), officer.Ref);
        var files = _portal.Get<PhotoFiles>().All().Count();

        var refused = Assert.IsType<Outcome<bool>.Refused>(await GiveAsync(driver, id, Paper, Paper[..200])).Refusal;
        Assert.Equal((RefusalCode.PdfDamaged, "photo2"), (refused.Code, refused.Field));
        Assert.Equal(files, _portal.Get<PhotoFiles>().All().Count());
        Assert.IsType<Outcome<bool>.Done>(await GiveAsync(driver, id, Paper, SamplePhotos.Named("no-face").Bytes));

        // The ticket's own photo stays the first.
        PhotoFormat[] expected = [PhotoFormat.Jpeg, PhotoFormat.Pdf, PhotoFormat.Jpeg];
        Assert.Equal(expected, (await _portal.DoAsync(new ViewCase(id), officer.Ref)).Files.Select(f => f.Format));
        var pages = _portal.Get<FeedbackPages>();
        Assert.Equal(expected, (await pages.FindAsync(driver.Id, id, default))!.Files);
        Assert.Equal(PhotoFormat.Pdf, (await pages.FileAsync(driver.Id, id, 2, default))!.Format);
        Assert.Null(await pages.FileAsync(officer.Id, id, 2, default));
    }

    [Fact]
    public async Task It_is_no_photo_of_a_face_and_the_same_one_twice_is_no_lead()
    {
        for (var i = 0; i < 2; i++)
        {
            var driver = await _portal.ImportDriverAsync();
            await _portal.AppealAsync(driver, await _portal.BlacklistAsync(driver), photos: 0, pdfs: 1);
        }
        const string same = "SELECT count(*) FROM photos WHERE format = 'Pdf' GROUP BY sha256";
        Assert.Equal([2L], await _portal.ColumnAsync<long>(same));
        _portal.Settle(LeadKind.RepeatedPhoto);
        await _portal.FindLeadsAsync(LeadKind.RepeatedPhoto);
        Assert.Equal(0L, await _portal.ScalarAsync<long>("SELECT count(*) FROM leads"));

        foreach (var kind in new[] { "Live", "Reference", "IdCard" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() =>
                _portal.ExecuteAsync("UPDATE photos SET kind = $1 WHERE format = 'Pdf'", kind)
            );
            Assert.Equal("ck_photos_format", refused.ConstraintName);
        }
    }

    private Task<Outcome<bool>> GiveAsync(TestDriver driver, Guid id, params ReadOnlyMemory<byte>[] files) =>
        _portal
            .Get<EvidenceService>()
            .GiveAsync(
                driver.Ref,
                id,
                "凭证见附件。",
                [.. files.Select((bytes, index) => new PhotoUpload($"photo{index + 1}", bytes))],
                default
            );

    private Task<long> LooksAsync(string act) =>
        _portal.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE act = $1", act);
}
