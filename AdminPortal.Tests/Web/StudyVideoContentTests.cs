using System.Buffers.Binary;
using System.Text;
using AdminPortal.Data.Sections;
using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Architecture;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Web;

/// <summary>The videos that ship with the study text: whole, small, playable on old telephones, and told in words.</summary>
public sealed class StudyVideoContentTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Folder = "AdminPortal.Data/Sections/Shipped";
    private const int LargestVideo = 1_500_000;
    private const int LargestPoster = 10_000;

    private static readonly string[] Extensions = [".mp4", ".png", ".zh.vtt", ".en.vtt"];

    public static TheoryData<string> SectionsWithVideo() =>
        [.. StarterContent.Sections.Where(s => s.Video is not null).Select(s => s.Id)];

    [Fact]
    public void At_least_two_sections_have_a_video_and_no_file_belongs_to_none()
    {
        var names = StarterContent.Sections.Select(s => s.Video?.Name).OfType<string>().ToList();
        Assert.True(names.Count >= 2, $"{names.Count}");
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z0-9-]+$", name));
        Assert.Equal(
            names.SelectMany(name => Extensions.Select(e => name + e)).Order(StringComparer.Ordinal),
            Repository.Files(Folder, "*").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(SectionsWithVideo))]
    public void A_video_is_as_long_as_the_text_says_and_small(string section)
    {
        var video = Video(section);
        Assert.InRange(video.Seconds, 30, 90);
        Assert.NotEmpty(video.Title.Zh);
        Assert.NotEmpty(video.Title.En);
        var file = Bytes($"{video.Name}.mp4");
        Assert.InRange(file.Length, 50_000, LargestVideo);
        // The movie header: times are in units that stand before the length.
        var header = Find(file, "mvhd");
        var units = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(header + 16));
        var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(header + 20));
        Assert.InRange((double)length / units, video.Seconds - 0.5, video.Seconds + 0.5);
        Assert.InRange(Bytes($"{video.Name}.png").Length, 500, LargestPoster);
    }

    [Theory]
    [MemberData(nameof(SectionsWithVideo))]
    public void A_video_plays_on_old_telephones_and_from_its_beginning(string section)
    {
        var file = Bytes($"{Video(section).Name}.mp4");
        // H.264 baseline; the profile is the second byte of the decoder's settings.
        Assert.Equal(66, file[Find(file, "avcC") + 5]);
        // The index comes before the pictures: nothing has to be fetched from the end first.
        Assert.True(Find(file, "moov") < Find(file, "mdat"), "The index is at the end.");
    }

    [Theory]
    [MemberData(nameof(SectionsWithVideo))]
    public async Task Captions_say_the_same_in_both_languages_one_after_the_other(string section)
    {
        var ready = await ReadyAsync(section);
        Assert.True(ready.Chinese.Count >= 5, $"{ready.Chinese.Count}");
        Assert.Equal(ready.Chinese.Select(c => (c.From, c.To)), ready.English.Select(c => (c.From, c.To)));
        var end = TimeSpan.Zero;
        foreach (var caption in ready.Chinese)
        {
            Assert.True(end <= caption.From && caption.From < caption.To, $"{caption}");
            end = caption.To;
        }
        Assert.True(end <= TimeSpan.FromSeconds(ready.Video.Seconds), $"{end}");
        Assert.All(
            ready.Chinese.Concat(ready.English),
            // Plain text: the words under the video are shown as they stand. And there is time to read them.
            c => Assert.True(c.Text.Length > 0 && !c.Text.Contains('<') && !c.Text.Contains('&'), c.Text)
        );
        Assert.All(ready.Chinese, c => Assert.InRange(c.Text.Length / (c.To - c.From).TotalSeconds, 1, 8));
        Assert.All(ready.English, c => Assert.InRange(c.Text.Length / (c.To - c.From).TotalSeconds, 5, 20));
        Assert.All(ready.English, c => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", c.Text));
    }

    [Theory]
    [MemberData(nameof(SectionsWithVideo))]
    public async Task What_the_program_serves_is_what_stands_in_the_repository(string section)
    {
        var ready = await ReadyAsync(section);
        foreach (var extension in Extensions)
        {
            var served = ready.Files.Values.Single(f => f.Name == ready.Video.Name + extension);
            using var bytes = new MemoryStream();
            await shared.Server.Services.GetRequiredService<StudyVideoFiles>().Open(served).CopyToAsync(bytes);
            Assert.Equal(Bytes(served.Name), bytes.ToArray());
        }
    }

    private async Task<ReadyVideo> ReadyAsync(string section)
    {
        var contents = await shared.Server.Services.GetRequiredService<StudyReader>().ReadAsync(default);
        return contents.VideoOf(contents.Find(section)!)!;
    }

    private static StudyVideo Video(string section) => StarterContent.Sections.Single(s => s.Id == section).Video!;

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, Folder, name));

    /// <summary>Where a box of the file has its name.</summary>
    private static int Find(byte[] file, string box)
    {
        var index = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box));
        Assert.True(index > 0, $"There is no {box}.");
        return index;
    }
}
