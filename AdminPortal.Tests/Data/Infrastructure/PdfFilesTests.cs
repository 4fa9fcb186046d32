using System.Text;
using AdminPortal.Data.Demo;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Photos;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain;

namespace AdminPortal.Tests.Data.Infrastructure;

/// <summary>What is taken as evidence is decided by the bytes; the name of a file is not even asked for.</summary>
[Trait("Rule", "D-PDF")]
public sealed class PdfFilesTests : IDisposable
{
    private static readonly byte[] Paper = SamplePaper.Bytes.ToArray();
    private static readonly byte[] Photo = SamplePhotos.Named("A-live").Bytes.ToArray();

    private readonly TemporaryFolder _folder = new();
    private readonly PhotoFiles _files;

    public PdfFilesTests() => _files = new PhotoFiles(_folder.File("photos"), new FieldCipher(FieldKeys.Generate()));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a PDF", PhotoFormat.Pdf)]
    [InlineData("a PDF of version 2", PhotoFormat.Pdf)]
    [InlineData("a PDF with line ends behind it", PhotoFormat.Pdf)]
    [InlineData("5 MB to the byte", PhotoFormat.Pdf)]
    [InlineData("a photo", PhotoFormat.Jpeg)]
    public async Task A_good_file_is_stored_as_what_it_is(string what, PhotoFormat format)
    {
        var file = File(what);

        var stored = Assert.Single(
            Assert.IsType<Outcome<IReadOnlyList<StoredPhoto>>.Done>(await StoreAsync(file)).Value
        );

        Assert.Equal(format, stored.Format);
        Assert.Equal(format == PhotoFormat.Pdf, stored is { Width: 0, Height: 0 });
        // A PDF is what was given, to the byte.
        Assert.Equal(format == PhotoFormat.Pdf ? file : Photo, await _files.ReadAsync(stored.Id, default));
    }

    [Theory]
    [InlineData("one byte over 5 MB", RefusalCode.PdfTooLarge)]
    [InlineData("half a PDF", RefusalCode.PdfDamaged)]
    [InlineData("a PDF whose end is far from the end", RefusalCode.PdfDamaged)]
    [InlineData("a PDF of version 3", RefusalCode.PdfDamaged)]
    [InlineData("only the first bytes", RefusalCode.PdfDamaged)]
    [InlineData("a page with a PDF inside", RefusalCode.FileNotTaken)]
    [InlineData("a PDF behind a space", RefusalCode.FileNotTaken)]
    [InlineData("a text", RefusalCode.FileNotTaken)]
    [InlineData("half a photo", RefusalCode.PhotoDamaged)]
    [InlineData("nothing", RefusalCode.PhotoEmpty)]
    public async Task A_bad_file_is_refused_on_its_field_and_the_good_one_beside_it_is_not_stored(
        string what,
        RefusalCode code
    )
    {
        var outcome = await StoreAsync(Paper, File(what));

        var refusal = Assert.IsType<Outcome<IReadOnlyList<StoredPhoto>>.Refused>(outcome).Refusal;
        Assert.Equal((code, "photo2"), (refusal.Code, refusal.Field));
        Assert.Empty(_files.All());
    }

    [Fact]
    public async Task Where_only_photos_are_taken_a_PDF_is_none()
    {
        var outcome = await StoreAsync(Taken.Photos, Paper);

        var refusal = Assert.IsType<Outcome<IReadOnlyList<StoredPhoto>>.Refused>(outcome).Refusal;
        Assert.Equal(RefusalCode.PhotoNotJpeg, refusal.Code);
    }

    private static byte[] File(string what) =>
        what switch
        {
            "a PDF" => Paper,
            "a PDF of version 2" => [.. "%PDF-2.0"u8, .. Paper[8..]],
            "a PDF with line ends behind it" => [.. Paper, .. Enumerable.Repeat((byte)'\n', 1000)],
            "5 MB to the byte" => Filled(PdfFiles.MaxBytes),
            "one byte over 5 MB" => Filled(PdfFiles.MaxBytes + 1),
            "a photo" => Photo,
            "half a PDF" => Paper[..(Paper.Length / 2)],
            "a PDF whose end is far from the end" => [.. Paper, .. Enumerable.Repeat((byte)'\n', 1024)],
            "a PDF of version 3" => [.. "%PDF-3.0"u8, .. Paper[8..]],
            "only the first bytes" => Paper[..5],
            "a page with a PDF inside" => [.. Encoding.ASCII.GetBytes("<!doctype html><p>"), .. Paper],
            "a PDF behind a space" => [(byte)' ', .. Paper],
            "a text" => "receipt.pdf"u8.ToArray(),
            "half a photo" => Photo[..(Photo.Length / 2)],
            "nothing" => [],
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

    private static byte[] Filled(int length) => [.. Paper[..9], .. new byte[length - Paper.Length], .. Paper[9..]];

    private Task<Outcome<IReadOnlyList<StoredPhoto>>> StoreAsync(params byte[][] files) =>
        StoreAsync(Taken.PhotosAndPdf, files);

    private Task<Outcome<IReadOnlyList<StoredPhoto>>> StoreAsync(Taken taken, params byte[][] files) =>
        PhotoSets.StoreAsync<IReadOnlyList<StoredPhoto>>(
            _files,
            [.. files.Select((bytes, index) => new PhotoUpload($"photo{index + 1}", bytes))],
            taken,
            stored =>
                Task.FromResult<(Outcome<IReadOnlyList<StoredPhoto>>, bool)>(
                    (new Outcome<IReadOnlyList<StoredPhoto>>.Done(stored), true)
                ),
            default
        );
}
