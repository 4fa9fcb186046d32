using System.Net;
using AdminPortal.Data.Exams;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Web;

/// <summary>The right answers are explained when they are no use for a resit any more, and not a moment before.</summary>
public sealed class ExamAnswersTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private ExamPages Pages => shared.Server.Services.GetRequiredService<ExamPages>();

    [Fact]
    [Trait("Rule", "S0-17")]
    public async Task While_a_resit_is_left_the_answers_stay_closed()
    {
        var portal = shared.Server.Portal;
        var driver = await portal.DriverBeforeExamAsync();
        var attempt = await portal.StartExamAsync(driver);
        Assert.Null(await Pages.AnswersAsync(driver.Id, attempt, default));
        await portal.AnswerAllAsync(driver, attempt, wrong: 3);
        Assert.Null(await Pages.AnswersAsync(driver.Id, attempt, default));
    }

    [Fact]
    [Trait("Rule", "S0-17")]
    public async Task When_the_round_is_over_every_question_that_was_put_is_explained_to_its_driver_alone()
    {
        var portal = shared.Server.Portal;
        var driver = await portal.DriverBeforeExamAsync();
        var attempt = await portal.PassExamAsync(driver, wrong: 2);
        Assert.Null(await Pages.AnswersAsync(driver.Id, attempt, default));
        await portal.FaceAsync(driver);

        var answers = (await Pages.AnswersAsync(driver.Id, attempt, default))!;
        Assert.Equal(Enumerable.Range(1, 20), answers.Select(a => a.Ordinal));
        Assert.Equal(18, answers.Count(a => a.IsRight));
        Assert.All(answers, a => Assert.Equal(a.IsRight, a.Chosen.SequenceEqual(a.Right)));
        Assert.All(answers, a => Assert.NotEmpty(a.Explanation.Zh));
        var stranger = await portal.ImportDriverAsync();
        Assert.Null(await Pages.AnswersAsync(stranger.Id, attempt, default));
    }

    [Fact]
    public async Task A_stranger_is_told_that_there_is_no_such_page()
    {
        using var visitor = new WebVisitor(shared.Server);
        var answer = await visitor.GetAsync($"/driver/exam/{Guid.NewGuid()}/answers");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }
}
