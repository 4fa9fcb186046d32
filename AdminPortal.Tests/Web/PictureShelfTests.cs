using System.Net;
using AdminPortal.Data.Questions;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Data.Infrastructure;
using AdminPortal.Tests.Support;
using AdminPortal.Web.Staff.Questions;

namespace AdminPortal.Tests.Web;

/// <summary>Pictures over HTTP on the officers' side: in by a form with its token, out to editors.</summary>
[Trait("Rule", "D-PICTURE")]
public sealed class PictureShelfTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string AnyForm = "/";

    private PortalServer Server => shared.Server;

    private TestPortal Portal => Server.Portal;

    [Fact]
    public async Task An_editor_puts_one_there_and_editors_alone_get_it()
    {
        using var editor = await Visitors.OfficerAsync(Server, await Portal.CreateEditorAsync());
        var uploaded = await UploadAsync(editor, TestPortal.APicture(11));
        Assert.StartsWith($"{PictureAddress.Base}?uploaded=P-", uploaded.Location);
        Assert.Equal(uploaded.Location, (await UploadAsync(editor, TestPortal.APicture(11))).Location);
        var name = uploaded.Location.Split('=')[1];

        var file = await editor.GetAsync(PictureAddress.File(name));
        Assert.Equal("image/png", $"{file.Response.Content.Headers.ContentType}");
        Assert.True(file.Response.Headers.CacheControl!.Private);
        Assert.StartsWith("sandbox;", Assert.Single(file.Response.Headers.GetValues("Content-Security-Policy")));
        var kept = PngBuilder.Take(await file.Response.Content.ReadAsByteArrayAsync());
        Assert.Equal(PngBuilder.Take(TestPortal.APicture(11)).Rows, kept.Rows);

        using var officer = await Visitors.OfficerAsync(Server, await Portal.CreateOfficerAsync(Role.Reviewer));
        using var driver = await Visitors.DriverAsync(Server, await Portal.ImportDriverAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(PictureAddress.File(name))).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await driver.GetAsync(PictureAddress.File(name))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(PictureAddress.File("P-4711"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await UploadAsync(officer, TestPortal.APicture(12))).Status);
    }

    public static TheoryData<string, byte[], string> Refused =>
        new()
        {
            { "nothing", [], "FieldRequired" },
            { "a text", "no picture"u8.ToArray(), "PictureFormat" },
            { "half of one", TestPortal.APicture()[..200], "PictureDamaged" },
            { "too small", PngBuilder.Picture(64, 64), "PictureDimensions" },
            { "more than is taken", new byte[QuestionPictureFile.MostUploaded + 1], "PictureTooHeavy" },
            { "more than a request may have", new byte[3 * 1024 * 1024], "PictureTooHeavy" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_picture_is_refused_and_the_shelf_says_why(string what, byte[] file, string code)
    {
        _ = what;
        using var editor = await Visitors.OfficerAsync(Server, await Portal.CreateEditorAsync());
        var form = await editor.GetAsync(AnyForm);
        var answer = await Server.RefusedAsync(() =>
            editor.UploadAsync(form, PictureAddress.Upload, "file", file, "sign.png")
        );
        Assert.Equal($"{PictureAddress.Base}?refused={code}", answer.Location);
        Assert.Equal(code, $"{PictureAddress.RefusalOf(code)?.Code}");
    }

    [Fact]
    public async Task A_form_without_its_token_brings_nothing()
    {
        using var editor = await Visitors.OfficerAsync(Server, await Portal.CreateEditorAsync());
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(TestPortal.APicture(13)), "file", "a.png" },
        };
        var answer = await Server.RefusedAsync(() =>
            editor.SendAsync(new HttpRequestMessage(HttpMethod.Post, PictureAddress.Upload) { Content = form })
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        using var nobody = new WebVisitor(Server);
        var page = await nobody.GetAsync(AnyForm);
        var unknown = await Server.RefusedAsync(() =>
            nobody.UploadAsync(page, PictureAddress.Upload, "file", TestPortal.APicture(13), "a.png")
        );
        Assert.Equal(HttpStatusCode.Redirect, unknown.Status);
        Assert.Contains("/account/sign-in", unknown.Location);
    }

    private static async Task<Visit> UploadAsync(WebVisitor visitor, byte[] file) =>
        await visitor.UploadAsync(await visitor.GetAsync(AnyForm), PictureAddress.Upload, "file", file, "sign.png");
}
