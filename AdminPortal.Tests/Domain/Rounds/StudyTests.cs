using AdminPortal.Domain;
using AdminPortal.Domain.Rounds;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Rounds;

public sealed class StudyTests
{
    private static readonly Guid StretchId = Guid.Parse("b0000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset Began = At("2026-03-04 10:00");

    [Fact]
    [Trait("Rule", "S1-29")]
    public void A_beat_credits_the_whole_seconds_since_the_last_and_keeps_the_rest()
    {
        var session = Begin();

        Assert.Equal(new Beat(15, "t2", false), session.Take("t1", "t2", Began.AddSeconds(15.9)).Value());
        Assert.Equal(Began.AddSeconds(15), session.LastBeatAt);
        Assert.Equal(new Beat(16, "t3", false), session.Take("t2", "t3", Began.AddSeconds(31)).Value());
        Assert.Equal("t3", session.Ticket);
        Assert.Equal("t2", session.PreviousTicket);
        Assert.Equal(3, session.Version);
    }

    [Fact]
    [Trait("Rule", "N-n1")]
    public void A_pause_of_forty_five_seconds_is_still_one_stretch_and_a_longer_one_is_not()
    {
        var still = Begin();
        Assert.Equal(new Beat(45, "t2", false), still.Take("t1", "t2", Began.AddSeconds(45)).Value());

        var broken = Begin();
        Assert.Equal(new Beat(0, "t2", true), broken.Take("t1", "t2", Began.AddSeconds(45.001)).Value());
        Assert.Equal(Began.AddSeconds(45.001), broken.LastBeatAt);
        Assert.Equal("t2", broken.Ticket);

        var next = Guid.Parse("b0000000-0000-0000-0000-000000000002");
        var version = broken.Version;
        broken.Continue(next);
        Assert.Equal(next, broken.StretchId);
        Assert.Equal(version + 1, broken.Version);
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    public void A_beat_whose_answer_got_lost_may_be_repeated_and_credits_nothing()
    {
        var session = Begin();
        session.Take("t1", "t2", Began.AddSeconds(15)).Value();
        var version = session.Version;

        Assert.Equal(new Beat(0, "t2", false), session.Take("t1", "t9", Began.AddSeconds(20)).Value());
        Assert.Equal(version, session.Version);
        Assert.Equal("t2", session.Ticket);
        Assert.Equal(15, session.Take("t2", "t3", Began.AddSeconds(30)).Value().Credited);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("")]
    [InlineData("t0")]
    [Trait("Rule", "S1-39")]
    public void A_forged_ticket_credits_nothing(string ticket)
    {
        var session = Begin();
        var version = session.Version;

        Assert.Equal(RefusalCode.BeatReplayed, session.Take(ticket, "t9", Began.AddSeconds(15)).Reason().Code);
        Assert.Equal(version, session.Version);
        Assert.Equal("t1", session.Ticket);
        Assert.Equal(Began, session.LastBeatAt);
    }

    [Fact]
    [Trait("Rule", "S1-39")]
    public void A_ticket_from_before_the_last_one_is_worth_nothing()
    {
        var session = Begin();
        session.Take("t1", "t2", Began.AddSeconds(15)).Value();
        session.Take("t2", "t3", Began.AddSeconds(30)).Value();

        Assert.Equal(RefusalCode.BeatReplayed, session.Take("t1", "t9", Began.AddSeconds(31)).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    public void A_clock_that_goes_backwards_credits_nothing_and_one_that_stands_still_neither()
    {
        var session = Begin();

        Assert.Equal(RefusalCode.BeatReplayed, session.Take("t1", "t2", Began.AddSeconds(-1)).Reason().Code);
        Assert.Equal("t1", session.Ticket);
        Assert.Equal(new Beat(0, "t2", false), session.Take("t1", "t2", Began).Value());
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    public void A_newer_device_takes_over_and_the_older_credits_nothing()
    {
        var session = Begin();
        session.Take("t1", "t2", Began.AddSeconds(15)).Value();
        var version = session.Version;
        var second = Guid.Parse("b0000000-0000-0000-0000-000000000002");

        session.Begin(RoundId, second, "cycle", "u1", Began.AddSeconds(20));

        Assert.Equal(version + 1, session.Version);
        Assert.Equal(second, session.StretchId);
        Assert.Equal("cycle", session.SectionId);
        Assert.Equal("", session.PreviousTicket);
        Assert.False(session.Take("t2", "t3", Began.AddSeconds(30)).IsDone());
        Assert.False(session.Take("t1", "t3", Began.AddSeconds(30)).IsDone());
        Assert.Equal(10, session.Take("u1", "u2", Began.AddSeconds(30)).Value().Credited);
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    public void A_ticket_names_the_device_it_was_given_to()
    {
        var session = StudySession.For(DriverId);
        Assert.Equal(0, session.Opening);
        Assert.Equal("1.abc", session.TicketOf("abc", next: true));

        session.Begin(RoundId, StretchId, "points", session.TicketOf("abc", next: true), Began);

        Assert.Equal(1, session.Opening);
        Assert.Equal("1.abc", session.Ticket);
        Assert.Equal("1.def", session.TicketOf("def", next: false));
        Assert.Equal("2.def", session.TicketOf("def", next: true));
        Assert.Equal(1, session.Opening);
        session.Take("1.abc", "1.def", Began.AddSeconds(15)).Value();
        session.End();
        Assert.Equal(1, session.Opening);
    }

    [Theory]
    [InlineData("1.abc", RefusalCode.StudyTakenOver)]
    [InlineData("1.def", RefusalCode.StudyTakenOver)]
    [InlineData("2.abc", RefusalCode.BeatReplayed)]
    [InlineData("2.", RefusalCode.BeatReplayed)]
    [InlineData("3.abc", RefusalCode.BeatReplayed)]
    [InlineData("abc", RefusalCode.BeatReplayed)]
    [InlineData("abc.1", RefusalCode.BeatReplayed)]
    [InlineData(".1", RefusalCode.BeatReplayed)]
    [InlineData("99999999999999999999.abc", RefusalCode.BeatReplayed)]
    [InlineData("", RefusalCode.BeatReplayed)]
    [Trait("Rule", "S1-29")]
    [Trait("Rule", "S1-39")]
    public void An_older_device_is_told_that_it_was_taken_over_and_a_forger_is_not(string ticket, RefusalCode code)
    {
        var session = StudySession.For(DriverId);
        session.Begin(RoundId, StretchId, "points", session.TicketOf("abc", next: true), Began);
        session.Take("1.abc", session.TicketOf("def", next: false), Began.AddSeconds(15)).Value();
        session.Begin(RoundId, StretchId, "points", session.TicketOf("ghi", next: true), Began.AddSeconds(20));
        var version = session.Version;

        Assert.Equal(code, session.Take(ticket, "2.jkl", Began.AddSeconds(30)).Reason().Code);

        Assert.Equal(version, session.Version);
        Assert.Equal("2.ghi", session.Ticket);
        Assert.Equal(10, session.Take("2.ghi", "2.jkl", Began.AddSeconds(30)).Value().Credited);
        // A ticket of the present device that was used before is a replay, not a takeover.
        session.Take("2.jkl", "2.mno", Began.AddSeconds(45)).Value();
        Assert.Equal(RefusalCode.BeatReplayed, session.Take("2.ghi", "2.x", Began.AddSeconds(46)).Reason().Code);
    }

    [Fact]
    [Trait("Rule", "S1-35")]
    public void An_ended_study_takes_no_beat_more()
    {
        var session = Begin();
        session.Take("t1", "t2", Began.AddSeconds(15)).Value();
        var version = session.Version;

        session.End();

        Assert.False(session.IsOpen);
        Assert.Equal(version + 1, session.Version);
        Assert.Equal("", session.Ticket);
        Assert.Equal("", session.PreviousTicket);
        foreach (var ticket in new[] { "t2", "t1", "" })
        {
            Assert.Equal(RefusalCode.StudyTakenOver, session.Take(ticket, "t3", Began.AddSeconds(30)).Reason().Code);
        }
    }

    [Fact]
    [Trait("Rule", "S1-34")]
    public void The_time_of_a_face_check_is_neither_study_nor_a_pause()
    {
        var session = Begin();
        session.Take("t1", "t2", Began.AddSeconds(15)).Value();
        var version = session.Version;

        session.Resume(Began.AddMinutes(5));

        Assert.Equal(version + 1, session.Version);
        Assert.Equal(new Beat(15, "t3", false), session.Take("t2", "t3", Began.AddMinutes(5).AddSeconds(15)).Value());
    }

    [Fact]
    [Trait("Rule", "S0-09")]
    public void A_session_remembers_who_studies_what()
    {
        var fresh = StudySession.For(DriverId);
        Assert.False(fresh.IsOpen);
        Assert.Equal(DriverId, fresh.DriverId);
        Assert.Equal(("", "", ""), (fresh.SectionId, fresh.Ticket, fresh.PreviousTicket));
        Assert.Equal("", new StudyStretch().SectionId);

        var session = Begin();
        Assert.True(session.IsOpen);
        Assert.Equal(
            (RoundId, StretchId, "points", Began),
            (session.RoundId, session.StretchId, session.SectionId, session.LastBeatAt)
        );
        Assert.Equal(1, session.Version);
        Assert.True(StudySession.BeatEvery * 2 < StudySession.LongestGap);
    }

    [Theory]
    [InlineData("N", 300, null, true)]
    [InlineData("N", 299, null, false)]
    [InlineData("S1", 1, null, true)]
    [InlineData("S0", 299, null, true)]
    [InlineData("S0", 600, "S0-11", false)]
    [InlineData("N", 600, "S1-35", false)]
    [Trait("Rule", "N-n1")]
    [Trait("Rule", "S0-11")]
    public void A_stretch_counts_when_it_is_long_enough_and_not_voided(
        string scheme,
        int seconds,
        string? voidedBy,
        bool counts
    )
    {
        StudyStretch[] stretches = [Stretch(seconds, voidedBy)];

        Assert.Equal(counts, StudyCredit.Counts(stretches[0], SchemeOf(scheme)));
        Assert.Equal(counts ? seconds : 0, StudyCredit.Seconds(stretches, SchemeOf(scheme)));
    }

    [Fact]
    [Trait("Rule", "N-n1")]
    [Trait("Rule", "S0-12")]
    public void The_stretches_that_count_are_added_up()
    {
        StudyStretch[] stretches = [Stretch(900), Stretch(299), Stretch(300), Stretch(700, "S1-35"), Stretch(600)];

        Assert.Equal(1800, StudyCredit.Seconds(stretches, N));
        Assert.Equal(2099, StudyCredit.Seconds(stretches, S1));
        Assert.Equal(0, StudyCredit.Seconds([], S1));
    }

    [Fact]
    [Trait("Rule", "S1-29")]
    [Trait("Rule", "S1-39")]
    public void Nobody_is_credited_more_than_the_time_that_passed() =>
        Property.Holds(
            Gen.Choose(0, 9).Zip(Gen.Frequency((5, Gen.Choose(0, 44_999)), (1, Gen.Choose(45_000, 200_000)))).ArrayOf(),
            beats =>
            {
                var session = Begin();
                var now = Began;
                var last = Began;
                var latest = Began;
                var (credited, number) = (0, 1);
                foreach (var (kind, milliseconds) in beats)
                {
                    now = now.AddMilliseconds(kind == 0 ? -milliseconds : milliseconds);
                    latest = now > latest ? now : latest;
                    var ticket = kind switch
                    {
                        1 => session.PreviousTicket,
                        2 => "forged",
                        3 => "t1",
                        _ => session.Ticket,
                    };
                    var version = session.Version;
                    var outcome = session.Take(ticket, $"t{++number}", now);
                    if (outcome is Outcome<Beat>.Refused)
                    {
                        Assert.Equal(version, session.Version);
                        continue;
                    }
                    var beat = outcome.Value();
                    Assert.True(beat.Credited >= 0);
                    if (beat.Credited > 0)
                    {
                        Assert.InRange(beat.Credited, 0, 45);
                        // Where the beat before ended is at most the second that is still open behind it.
                        Assert.True(beat.Credited <= (now - last).TotalSeconds + 1);
                    }
                    if (session.Version != version)
                    {
                        last = now;
                    }
                    credited += beat.Credited;
                    Assert.True(credited <= (latest - Began).TotalSeconds);
                }
            },
            500
        );

    [Fact]
    [Trait("Rule", "S1-29")]
    public void An_honest_driver_loses_less_than_a_second() =>
        Property.Holds(
            Gen.Choose(1000, 45_000).ArrayOf(),
            pauses =>
            {
                var session = Begin();
                var now = Began;
                var (credited, number) = (0, 1);
                foreach (var milliseconds in pauses)
                {
                    // The rest of the second before belongs to this pause, so it may not be longer than the gap.
                    now =
                        session.LastBeatAt.AddMilliseconds(milliseconds) > now
                            ? session.LastBeatAt.AddMilliseconds(milliseconds)
                            : now;
                    credited += session.Take(session.Ticket, $"t{++number}", now).Value().Credited;
                    Assert.InRange((now - Began).TotalSeconds - credited, 0, 0.9999);
                }
            }
        );

    private static StudySession Begin()
    {
        var session = StudySession.For(DriverId);
        session.Begin(RoundId, StretchId, "points", "t1", Began);
        return session;
    }

    private static StudyStretch Stretch(int seconds, string? voidedBy = null) =>
        new() { Seconds = seconds, VoidedBy = voidedBy };
}
