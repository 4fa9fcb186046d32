using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Leads;

namespace AdminPortal.Tests.Domain.Leads;

/// <summary>From facts to evidence (D-LEAD): examples, and both sides of every threshold.</summary>
public sealed class LeadSignsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 4, 0, 0, TimeSpan.Zero);
    private static readonly Guid Mine = Guid.Parse("00000000-0000-0000-0000-000000000001");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(15, 1)]
    [InlineData(16, 1)]
    [InlineData(30, 2)]
    [InlineData(100, 6.6)]
    public void Reading_takes_a_second_for_fifteen_characters_and_never_less_than_one(
        int characters,
        decimal seconds
    ) => Assert.Equal(seconds, LeadSigns.ReadingSeconds(characters));

    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(9, 20, false)]
    [InlineData(10, 19, true)]
    [InlineData(9, 19, false)]
    [InlineData(0, 0, false)]
    public void Half_of_the_paper_answered_right_faster_than_read_is_a_lead(int quick, int questions, bool isLead)
    {
        var answers = Answers(quick, 2.9).Concat(Answers(questions - quick, 3, from: quick + 1));
        var evidence = LeadSigns.OfAnswers(answers, questions);
        Assert.Equal(isLead, evidence is not null);
        if (evidence is not null)
        {
            Assert.Equal(new LeadFigure(LeadMeasure.QuickAnswers, quick, 10), Assert.Single(evidence.Figures));
            Assert.Equal(Enumerable.Range(1, quick), evidence.Traces.Select(t => t.Ordinal!.Value));
            Assert.All(evidence.Traces, t => Assert.Equal((2.9m, 3m), (t.Seconds, t.Limit)));
        }
    }

    [Fact]
    public void Guesses_that_were_wrong_are_no_sign() =>
        Assert.Null(LeadSigns.OfAnswers(Answers(20, 0.1).Select(a => a with { IsRight = false }), 20));

    [Fact]
    public void The_same_photo_of_another_driver_is_a_lead_for_both_and_names_no_driver()
    {
        var (mine, theirs) = (Photo(Mine, "a"), Photo(Guid.NewGuid(), "b"));
        var evidence = LeadSigns.OfPhoto(Mine, [mine, theirs])!;
        Assert.Equal(new LeadFigure(LeadMeasure.OtherDrivers, 1, 1), Assert.Single(evidence.Figures));
        Assert.Equal([mine.PhotoId, null], evidence.Traces.Select(t => t.PhotoId).OrderBy(p => p is null));
        Assert.Equal([theirs.RoundId], evidence.Traces.Select(t => t.OtherRound).Where(r => r is not null));
        Assert.NotNull(LeadSigns.OfPhoto(theirs.DriverId, [mine, theirs]));
        Assert.Null(LeadSigns.OfPhoto(Guid.NewGuid(), [mine, theirs]));
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData("aa", null)]
    [InlineData("aaa", "TriesWithOnePhoto 3")]
    [InlineData("ab", "ChecksWithOnePhoto 2")]
    [InlineData("aaab", "ChecksWithOnePhoto 2, TriesWithOnePhoto 3")]
    public void One_photo_answers_one_check_and_is_sent_again_no_more_than_once(string series, string? figures)
    {
        var evidence = LeadSigns.OfPhoto(Mine, [.. series.Select((name, i) => Photo(Mine, $"{name}", i))]);
        Assert.Equal(
            figures,
            evidence is null ? null : string.Join(", ", evidence.Figures.Select(f => $"{f.Measure} {f.Measured}"))
        );
    }

    [Theory]
    [InlineData(19, 10, false)]
    [InlineData(20, 10, true)]
    // The twentieth comes exactly ten minutes after the first: outside.
    [InlineData(20, 600.0 / 19, false)]
    [InlineData(20, 599.0 / 19, true)]
    public void Twenty_openings_within_ten_minutes_are_a_lead(int count, double apart, bool isLead)
    {
        var stretches = Enumerable.Range(0, count).Select(i => Stretch(i * apart, i * apart + 5, 5)).ToList();
        // An hour of quiet study besides changes nothing.
        stretches.Add(Stretch(7200, 10800, 3600));
        var evidence = LeadSigns.OfStudy(stretches);
        Assert.Equal(isLead, evidence is not null);
        Assert.Equal(isLead ? count : 0, evidence?.Figures.Single().Measured ?? 0);
        Assert.Equal(isLead ? count : 0, evidence?.Traces.Count ?? 0);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 5)]
    [InlineData(90, 30)]
    public void More_time_credited_than_passed_is_a_lead_from_five_seconds_on(int credited, int surplus) =>
        Assert.Equal(surplus, LeadSigns.OfStudy([Stretch(0, 60, credited)])?.Figures.Single().Measured ?? 0);

    [Fact]
    public void Two_stretches_at_the_same_time_count_the_time_once()
    {
        var evidence = LeadSigns.OfStudy([Stretch(0, 600, 600), Stretch(300, 900, 600)])!;
        Assert.Equal(new LeadFigure(LeadMeasure.SurplusSeconds, 300, 5), Assert.Single(evidence.Figures));
        Assert.Null(LeadSigns.OfStudy([Stretch(0, 600, 600), Stretch(600, 900, 300)]));
        Assert.Null(LeadSigns.OfStudy([]));
    }

    [Theory]
    [InlineData(4, 0, false)]
    [InlineData(5, 0, true)]
    [InlineData(5, 240, false)]
    [InlineData(5, 239, true)]
    public void Five_drivers_with_one_device_within_four_hours_are_a_lead(int drivers, int lastMinute, bool isLead)
    {
        var signIns = Enumerable
            .Range(0, drivers)
            .Select(i => new DeviceFact(Guid.NewGuid(), "渝A", Noon.AddMinutes(i == drivers - 1 ? lastMinute : 0)))
            .ToList();
        // The same person again and again is one person.
        signIns.AddRange(Enumerable.Repeat(signIns[0], 10));
        var evidence = LeadSigns.OfDevice(signIns);
        Assert.Equal(isLead, evidence is not null);
        Assert.Equal(isLead ? drivers : 0, evidence?.Figures.Single().Measured ?? 0);
    }

    [Fact]
    public void No_more_traces_are_kept_than_a_page_shows_and_the_figure_counts_all()
    {
        var evidence = LeadSigns.OfPhoto(Mine, [.. Enumerable.Range(0, 60).Select(i => Photo(Mine, $"{i}", i))])!;
        Assert.Equal((60, LeadEvidence.MostTraces), (evidence.Figures[0].Measured, evidence.Traces.Count));
    }

    private static IEnumerable<AnswerFact> Answers(int count, double seconds, int from = 1) =>
        Enumerable
            .Range(from, count)
            .Select(i => new AnswerFact(i, 45, Noon.AddMinutes(i), Noon.AddMinutes(i).AddSeconds(seconds), true));

    private static PhotoFact Photo(Guid driver, string series, int minute = 0) =>
        new(driver, "渝A", Guid.NewGuid(), series, FaceCheckPurpose.Study, Guid.NewGuid(), Noon.AddMinutes(minute));

    private static StretchFact Stretch(double from, double to, int seconds) =>
        new(Noon.AddSeconds(from), Noon.AddSeconds(to), seconds);
}
