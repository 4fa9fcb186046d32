using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Schemes;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Attendances;

public sealed class AttendanceTests
{
    private static readonly DateOnly Today = Day("2026-03-10");
    private static readonly DateTimeOffset Now = At("2026-03-10 10:00");
    private static readonly PointsCycle Cycle = PointsCycle.At(Spotless.FirstLicensedOn, Today);
    private static readonly byte[] DriverKey = [1, 2, 3];
    private static readonly AttendanceFacts OnSite = new(AttendanceKind.OnSite, Today, 60, true, "支队教育室");
    private static readonly AttendanceFacts Service = new(AttendanceKind.PublicService, Today, 60, false, "文明劝导");

    private static EligibilityReport Report(DriverRecord? driver = null) =>
        Eligibility.Evaluate(N, driver ?? Spotless, Today);

    private static Outcome<Attendance> Record(
        AttendanceFacts facts,
        Actor? actor = null,
        Scheme? scheme = null,
        DriverRecord? driver = null,
        byte[]? driverKey = null
    ) =>
        Attendance.Record(
            Guid.NewGuid(),
            DriverId,
            "渝A",
            scheme ?? N,
            facts,
            Report(driver),
            Cycle,
            driverKey ?? DriverKey,
            actor ?? Li,
            Today,
            Now
        );

    private static Attendance Recorded(AttendanceFacts facts) =>
        Assert.IsType<Outcome<Attendance>.Done>(Record(facts)).Value;

    private static Refusal Refused<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Refused>(outcome).Refusal;

    private static Outcome<int> Confirm(
        Attendance attendance,
        Actor? actor = null,
        int standing = 4,
        int capLeft = 6,
        DriverRecord? driver = null,
        PointsCycle? cycle = null
    ) => attendance.Confirm(N, Report(driver), standing, capLeft, cycle ?? Cycle, DriverKey, actor ?? Chief, Now);

    [Fact]
    [Trait("Rule", "N-27")]
    public void On_site_study_of_an_hour_with_its_exam_takes_two_points_off_and_public_service_one()
    {
        Assert.Equal((60, 2, true), (N.OnSite!.Value.Minutes, N.OnSite.Value.Points, N.OnSite.Value.HasExam));
        Assert.Equal("N-27", N.OnSite.Rule);
        Assert.Equal(
            (60, 1, false),
            (N.PublicService!.Value.Minutes, N.PublicService.Value.Points, N.PublicService.Value.HasExam)
        );
        foreach (var (facts, points) in new[] { (OnSite, 2), (Service, 1) })
        {
            var attendance = Recorded(facts);
            Assert.Equal((AttendanceState.Recorded, null), (attendance.State, attendance.Points));
            Assert.Equal(points, Assert.IsType<Outcome<int>.Done>(Confirm(attendance)).Value);
            Assert.Equal((AttendanceState.Confirmed, points), (attendance.State, attendance.Points));
            Assert.Equal(
                (Chief.Id, Chief.Name, Now),
                (attendance.CheckedById, attendance.CheckedByName, attendance.CheckedAt)
            );
        }
    }

    [Theory]
    [Trait("Rule", "N-27")]
    [InlineData(4, 6, 2)]
    [InlineData(1, 6, 1)] // there is only one point to take off (N-n8)
    [InlineData(4, 1, 1)] // the cap of all routes leaves one (N-25)
    public void Never_more_is_taken_off_than_there_is_and_than_the_cap_leaves(int standing, int capLeft, int points) =>
        Assert.Equal(
            points,
            Assert.IsType<Outcome<int>.Done>(Confirm(Recorded(OnSite), null, standing, capLeft)).Value
        );

    [Fact]
    [Trait("Rule", "N-27")]
    public void The_early_schemes_have_no_such_routes()
    {
        Assert.Equal(RefusalCode.RouteNotOffered, Refused(Record(OnSite, scheme: S1)).Code);
        Assert.Equal(RefusalCode.RouteNotOffered, Refused(Record(Service, scheme: S0)).Code);
    }

    [Fact]
    [Trait("Rule", "N-27")]
    public void What_is_written_down_is_checked_field_by_field()
    {
        Expect(RefusalCode.AttendanceTooShort, "minutes", OnSite with { Minutes = 59 });
        Expect(RefusalCode.AttendanceTooLong, "minutes", OnSite with { Minutes = 721 });
        Expect(RefusalCode.AttendanceExamNotPassed, "examPassed", OnSite with { ExamPassed = false });
        Expect(RefusalCode.DateInFuture, "heldOn", OnSite with { HeldOn = Today.AddDays(1) });
        Expect(RefusalCode.AttendanceOutsideCycle, "heldOn", OnSite with { HeldOn = Cycle.Start.AddDays(-1) });
        Expect(RefusalCode.FieldRequired, "place", OnSite with { Place = " " });
        Expect(RefusalCode.FieldRequired, "place", OnSite with { Place = null });
        Expect(RefusalCode.FieldTooLong, "place", OnSite with { Place = new string('长', 201) });
        Recorded(OnSite with { Minutes = 720, HeldOn = Cycle.Start, Place = new string('长', 200) });

        static void Expect(RefusalCode code, string field, AttendanceFacts facts)
        {
            var refusal = Refused(Record(facts));
            Assert.Equal((code, field), (refusal.Code, refusal.Field));
        }
    }

    [Theory]
    [Trait("Rule", "N-27")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ground_of_refusal_bars_these_routes_too_at_either_step(bool atRecord)
    {
        var barred = Spotless with { ViolationsUnhandled = 1 };
        var code = atRecord
            ? Refused(Record(OnSite, driver: barred)).Code
            : Refused(Confirm(Recorded(OnSite), driver: barred)).Code;
        Assert.Equal(RefusalCode.DriverNotEligible, code);
    }

    [Fact]
    [Trait("Rule", "N-27")]
    [Trait("Rule", "N-n9")]
    public void A_round_under_way_and_a_ban_from_online_channels_do_not_bar_them()
    {
        var online = Spotless with { HasOpenRound = true, BlacklistedUntil = Today.AddYears(1) };
        Assert.False(Report(online).IsEligible);
        Assert.IsType<Outcome<Attendance>.Done>(Record(Service, driver: online));
        // Fraud in the last three cycles does.
        Assert.Equal(
            RefusalCode.DriverNotEligible,
            Refused(Record(Service, driver: online with { Frauds = [Today] })).Code
        );
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public void It_takes_two_persons_and_neither_in_their_own_case()
    {
        var attendance = Recorded(OnSite);
        Assert.Equal(RefusalCode.NotPermitted, Refused(Confirm(attendance, Wang)).Code);
        var recorder = Officer(1, "100001", Role.Supervisor);
        Assert.Equal(RefusalCode.SecondPersonNeeded, Refused(Confirm(attendance, recorder)).Code);
        var second = Officer(9, "100009", Role.Supervisor) with { PersonKey = Li.PersonKey };
        Assert.Equal(RefusalCode.SecondPersonNeeded, Refused(Confirm(attendance, second)).Code);
        Assert.Equal(RefusalCode.OwnCase, Refused(Confirm(attendance, Chief with { PersonKey = DriverKey })).Code);
        Assert.Equal(RefusalCode.OwnCase, Refused(Record(OnSite, driverKey: Li.PersonKey)).Code);
        Assert.Equal(RefusalCode.NotPermitted, Refused(Record(OnSite, Auditor)).Code);
        Assert.Equal(AttendanceState.Recorded, attendance.State);
    }

    [Fact]
    [Trait("Rule", "N-27")]
    public void Once_answered_it_stays_so()
    {
        var declined = Recorded(Service);
        Assert.Equal(RefusalCode.FieldRequired, Refused(declined.Decline(" ", DriverKey, Chief, Now)).Code);
        Assert.Equal(
            RefusalCode.FieldTooLong,
            Refused(declined.Decline(new string('长', 201), DriverKey, Chief, Now)).Code
        );
        Assert.Equal(RefusalCode.NotPermitted, Refused(declined.Decline("没有签到。", DriverKey, Li, Now)).Code);
        Assert.IsType<Outcome<Unit>.Done>(declined.Decline(" 没有签到。 ", DriverKey, Chief, Now));
        Assert.Equal(
            (AttendanceState.Declined, "没有签到。", null),
            (declined.State, declined.DeclineReason, declined.Points)
        );
        Assert.Equal(RefusalCode.CaseDecided, Refused(Confirm(declined)).Code);
    }

    [Fact]
    [Trait("Rule", "N-27")]
    public void It_counts_in_the_cycle_it_was_held_in_or_not_at_all()
    {
        var attendance = Recorded(OnSite);
        var refusal = Refused(Confirm(attendance, cycle: Cycle.Later(1)));
        Assert.Equal(RefusalCode.AttendanceOutsideCycle, refusal.Code);
        Assert.Equal(AttendanceState.Recorded, attendance.State);
    }
}
