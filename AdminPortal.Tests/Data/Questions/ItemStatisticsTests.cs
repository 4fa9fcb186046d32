using AdminPortal.Data.Questions;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Schemes;
using AdminPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Tests.Data.Questions;

/// <summary>The figures of questions are those of the stored answers: by hand, and against the answers one by one.</summary>
public sealed class ItemStatisticsTests : IAsyncLifetime
{
    private static readonly Scheme S0 = SchemeCatalogue.Shipped.Get("S0", new DateOnly(2020, 3, 1));
    private static readonly QuestionFilter All = new(null, null, null, null);

    private TestPortal _portal = null!;
    private TestOfficer _editor = null!;
    private List<QuestionVersion> _paper = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _editor = await _portal.CreateEditorAsync();
        _paper = await _portal.PaperAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Four_papers_give_what_was_worked_out_by_hand()
    {
        // All twenty questions are put (S0). The first answer: right, right, wrong, too late; of the other nineteen 19, 17, 15, 13
        // are right. By hand: sum of products 4, squares 1 and 20, so 4 ÷ √20 = 0.894. In time: 10, 20 and 30 seconds.
        int[] rests = [19, 17, 15, 13];
        for (var paper = 0; paper < rests.Length; paper++)
        {
            var (rest, first) = (rests[paper], paper < 2);
            int[] took = [10, 20, 30, 60];
            var time = took[paper];
            await _portal.SeedPaperAsync(
                _paper,
                ordinal => ordinal == 1 ? first : ordinal - 1 <= rest,
                ordinal => ordinal == 1 ? time : 10,
                S0
            );
        }

        var figures = (await _portal.Get<ItemStatistics>().ReadAsync(default)).Of(_paper[0].Id);

        Assert.Equal((4, 0.5), (figures.Shown, figures.RightShare));
        Assert.Equal(0.894, figures.Discrimination!.Value, 3);
        Assert.Equal(20, figures.Seconds!.Value, 3);
        // The second question everybody had right: there is nothing to correlate.
        var second = (await _portal.Get<ItemStatistics>().ReadAsync(default)).Of(_paper[1].Id);
        Assert.Equal((4, 1.0, null), (second.Shown, second.RightShare, second.Discrimination));
    }

    [Fact]
    public async Task Every_figure_is_that_of_the_answers_one_by_one()
    {
        // Pupils of a fixed pattern; a paper of S1 ends at the third wrong answer, so papers differ in length.
        for (var pupil = 0; pupil < 12; pupil++)
        {
            var of = pupil;
            await _portal.SeedPaperAsync(
                _paper,
                ordinal => (ordinal * 7 + of * 5) % 11 >= of % 4,
                ordinal => 5 + (ordinal + of) % 20,
                pupil % 3 == 0 ? S0 : null
            );
        }
        // What was cut off for its face checks counts nowhere.
        var cut = await _portal.SeedPaperAsync(_paper, _ => true);
        await _portal.ExecuteAsync("UPDATE exam_attempts SET state = 'NotAccepted' WHERE id = $1", cut.Attempt.Id);

        var report = await _portal.Get<ItemStatistics>().ReadAsync(default);

        await using var db = _portal.Db();
        var answers = await (
            from answer in db.ExamAnswers
            join item in db.ExamItems
                on new { answer.AttemptId, answer.Ordinal } equals new { item.AttemptId, item.Ordinal }
            join attempt in db.ExamAttempts on answer.AttemptId equals attempt.Id
            where attempt.State != ExamState.NotAccepted
            select new { item.VersionId, Answer = answer }
        ).ToListAsync();
        var papers = answers.ToLookup(a => a.Answer.AttemptId);
        Assert.Equal(answers.Select(a => a.VersionId).Distinct().Order(), report.Figures.Keys.Order());
        Assert.Equal(answers.Count, report.Figures.Values.Sum(f => f.Shown));
        foreach (var item in answers.GroupBy(a => a.VersionId))
        {
            var figures = report.Of(item.Key);
            Assert.Equal(item.Count(), figures.Shown);
            Assert.Equal(item.Average(a => a.Answer.IsRight ? 1.0 : 0), figures.RightShare!.Value, 9);
            Assert.Equal(
                item.Average(a => (a.Answer.AnsweredAt - a.Answer.IssuedAt).TotalSeconds),
                figures.Seconds!.Value,
                6
            );
            var pairs = item.Select(a =>
                {
                    var rest = papers[a.Answer.AttemptId].Where(o => o.Answer.Ordinal != a.Answer.Ordinal).ToList();
                    return (X: a.Answer.IsRight ? 1.0 : 0, Y: rest.Average(o => o.Answer.IsRight ? 1.0 : 0));
                })
                .ToList();
            var (mx, my) = (pairs.Average(p => p.X), pairs.Average(p => p.Y));
            var (sxx, syy) = (pairs.Sum(p => (p.X - mx) * (p.X - mx)), pairs.Sum(p => (p.Y - my) * (p.Y - my)));
            if (sxx < 1e-9 || syy < 1e-9)
            {
                Assert.Null(figures.Discrimination);
                continue;
            }
            Assert.Equal(
                pairs.Sum(p => (p.X - mx) * (p.Y - my)) / Math.Sqrt(sxx * syy),
                figures.Discrimination!.Value,
                6
            );
        }
        Assert.Contains(report.Figures.Values, f => f.Discrimination is > 0.1);
        Assert.Contains(report.Figures.Values, f => f.Discrimination is < -0.1);
    }

    [Fact]
    public async Task The_list_is_sorted_and_filtered_by_the_same_figures_and_the_page_shows_them()
    {
        for (var pupil = 0; pupil < ItemFigures.Enough; pupil++)
        {
            // The first is always right, the second always wrong.
            await _portal.SeedPaperAsync(_paper, ordinal => ordinal != 2, scheme: S0);
        }
        var pages = _portal.Get<QuestionPages>();

        var hardest = await pages.ListAsync(_editor.Ref, All, 1, default, QuestionSort.Right);
        Assert.Equal((_paper[1].Id, 0.0), (hardest!.Lines[0].VersionId, hardest.Lines[0].Figures.RightShare));
        // Never put, so never first.
        Assert.All(hardest.Lines.Take(20), line => Assert.Equal(ItemFigures.Enough, line.Figures.Shown));
        var most = await pages.ListAsync(_editor.Ref, All, 1, default, QuestionSort.Shown, descending: true);
        Assert.Equal(20, most!.Lines.Count(line => line.Figures.Shown == ItemFigures.Enough));
        Assert.Equal(QuestionPages.PageSize, most.Lines.Count);
        var second = await pages.ListAsync(_editor.Ref, All, 2, default, QuestionSort.Shown, descending: true);
        Assert.Empty(second!.Lines.IntersectBy(most.Lines.Select(l => l.VersionId), l => l.VersionId));

        var hard = All with { Odd = new OddFilter(ItemFlag.TooHard) };
        var odd = await pages.ListAsync(_editor.Ref, hard, 1, default);
        Assert.Equal(_paper[1].Id, Assert.Single(odd!.Lines).VersionId);
        Assert.Equal(1, odd.Counts.Values.Sum());
        var any = await pages.ListAsync(_editor.Ref, All with { Odd = new OddFilter(null) }, 1, default);
        Assert.Equal(20, any!.Counts.Values.Sum());
        var file = await pages.ReadAsync(_editor.Ref, _paper[1].QuestionId, default);
        Assert.Equal(odd.Lines[0].Figures, file!.Answers.Of(_paper[1].Id));
        Assert.Equal([_paper[1].Id], await pages.OddAsync(hard, default));
        await _portal.DoAsync(new ExportQuestions(hard, await pages.OddAsync(hard, default)), _editor.Ref);
    }
}
