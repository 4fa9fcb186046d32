using AdminPortal.Domain.Sections;

namespace AdminPortal.Tests.Web;

/// <summary>Caption files are read as browsers read them, as far as ours go.</summary>
public sealed class CaptionsTests
{
    [Fact]
    public void Times_and_words_are_read_in_the_order_of_the_file()
    {
        const string file = "WEBVTT\n\n00:00.200 --> 00:04.900\n先减速\n\n00:05.000 --> 01:00:00.000\n再看\n谁先走\n";
        Assert.Equal(
            [
                new Caption(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(4.9), "先减速"),
                new Caption(TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), "再看 谁先走"),
            ],
            Captions.Read(file)
        );
    }

    [Theory]
    [InlineData("WEBVTT\r\n\r\n1\r\n00:00.000 --> 00:01.000 line:80% align:start\r\nStop\r\n")]
    [InlineData("WEBVTT - heading\n\nNOTE a note\n\n00:00.000 --> 00:01.000\nStop\n\n\n")]
    public void Names_notes_and_places_are_passed_over(string file)
    {
        Assert.Equal([new Caption(TimeSpan.Zero, TimeSpan.FromSeconds(1), "Stop")], Captions.Read(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("WEBVTT")]
    [InlineData("WEBVTT\n\n0 --> 1\nStop\n")]
    [InlineData("WEBVTT\n\n00:00.000 -->\nStop\n")]
    [InlineData("WEBVTT\n\n00:00.000-->00:01.000\nStop\n")]
    [InlineData("<html><body>Not found</body></html>")]
    public void What_has_no_readable_times_is_no_caption(string file)
    {
        Assert.Empty(Captions.Read(file));
    }
}
