using AdminPortal.Domain.Questions;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Web;

/// <summary>A section's page says what it was written from.</summary>
public sealed class StudySectionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task The_Measures_are_named_as_the_source_of_nothing_but_their_own_articles()
    {
        using var visitor = await Visitors.DriverAsync(shared.Server, await shared.Server.Portal.DriverInStudyAsync());
        foreach (var section in StarterContent.Sections)
        {
            var page = (await visitor.GetAsync($"/driver/study/{section.Id}")).Html;
            var source = page.QuerySelector("main > p.quiet")!.TextContent;
            Assert.StartsWith("依据：", source);
            Assert.Contains(section.Articles[0], source);
            Assert.Equal(
                section.Articles.All(a => a.StartsWith('第')),
                source.StartsWith("依据：《道路交通安全违法行为记分管理办法》第", StringComparison.Ordinal)
            );
        }
    }
}
