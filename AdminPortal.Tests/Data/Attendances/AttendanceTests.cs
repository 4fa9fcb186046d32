using AdminPortal.Data.Attendances;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Data.Races;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Attendances;

/// <summary>On-site study and public service take points off by the same ledger, within the same cap (N-27, N-25).</summary>
public sealed class AttendanceTests : IAsyncLifetime
{
    private TestPortal _portal = null!;
    private TestOfficer _chief = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _chief = await _portal.CreateOfficerAsync(Role.Supervisor, ["鄂A"]);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "N-27")]
    public async Task Recorded_it_does_nothing_and_confirmed_each_point_goes_to_the_gateway_under_its_own_key()
    {
        var driver = await _portal.ImportDriverAsync("鄂A", points: 5);
        var recorded = await _portal.RecordAttendanceAsync(driver);
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM reductions"));

        await _portal.DoAsync(new ConfirmAttendance(recorded), _chief.Ref);
        await _portal.DoAsync(new ConfirmAttendance(recorded), _chief.Ref); // the second click
        Assert.Equal(5, (await RecordAsync(driver)).Points);
        await _portal.Get<PointsDispatcher>().RunAsync(default);

        Assert.Equal(2, _portal.Points.Ledger.Count);
        Assert.All(_portal.Points.Ledger.Values, request => Assert.Equal(1, request.Points));
        var record = await RecordAsync(driver);
        Assert.Equal((3, 2), (record.Points, record.PointsReduced));
        Assert.Equal(
            ["AttendanceConfirmed", "ReductionApplied", "ReductionApplied"],
            (await _portal.MessagesToAsync(driver)).Order()
        );
        await _portal.AssertAuditIsWholeAsync();
    }

    [Fact]
    [Trait("Rule", "N-25")]
    [Trait("Rule", "N-27")]
    public async Task All_routes_count_in_one_cap()
    {
        var driver = await _portal.ImportDriverAsync("鄂A", points: 9, reducedElsewhere: 5);
        var recorded = await _portal.RecordAttendanceAsync(driver);
        var second = await _portal.RecordAttendanceAsync(driver, AttendanceKind.PublicService);

        await _portal.DoAsync(new ConfirmAttendance(recorded), _chief.Ref);
        Assert.Equal(1, await _portal.ScalarAsync<int>("SELECT points FROM attendances WHERE id = $1", recorded));
        var refused = await _portal.RefusedAsync(new ConfirmAttendance(second), _chief.Ref);
        Assert.Equal(RefusalCode.DriverNotEligible, refused.Code);
        Assert.False((await _portal.DoAsync(TestPortal.Application(driver), driver.Ref)).IsApproved);
        await _portal.Get<PointsDispatcher>().RunAsync(default);
        Assert.Equal((8, 6), ((await RecordAsync(driver)).Points, (await RecordAsync(driver)).PointsReduced));
    }

    [Fact]
    [Trait("Rule", "N-27")]
    public async Task What_is_on_its_way_is_not_taken_off_again()
    {
        var driver = await _portal.ImportDriverAsync("鄂A", points: 2);
        var recorded = await _portal.RecordAttendanceAsync(driver);
        var second = await _portal.RecordAttendanceAsync(driver, AttendanceKind.PublicService);
        await _portal.DoAsync(new ConfirmAttendance(recorded), _chief.Ref);

        var refused = await _portal.RefusedAsync(new ConfirmAttendance(second), _chief.Ref);

        Assert.Equal(RefusalCode.DriverNotEligible, refused.Code);
        Assert.Equal(2, await _portal.ScalarAsync<long>("SELECT count(*) FROM reductions"));
    }

    [Fact]
    [Trait("Rule", "N-27")]
    public async Task A_refused_point_gives_its_slot_back_and_the_other_one_stays()
    {
        var driver = await _portal.ImportDriverAsync("鄂A", points: 5);
        await _portal.DoAsync(new ConfirmAttendance(await _portal.RecordAttendanceAsync(driver)), _chief.Ref);
        var faults = new Queue<PointsFault>([PointsFault.Refused]);
        _portal.Points.Faults = _ => faults.TryDequeue(out var next) ? next : PointsFault.None;

        await _portal.Get<PointsDispatcher>().RunAsync(default);

        var record = await RecordAsync(driver);
        Assert.Equal((4, 1), (record.Points, record.PointsReduced));
        Assert.Contains("ReductionRefused", await _portal.MessagesToAsync(driver));
    }

    [Fact]
    [Trait("Rule", "N-27")]
    public async Task The_same_kind_on_the_same_day_is_recorded_once_unless_it_was_not_confirmed()
    {
        var driver = await _portal.ImportDriverAsync("鄂A");
        var recorded = await _portal.RecordAttendanceAsync(driver);
        var again = await _portal.RefusedAsync(
            new RecordAttendance(driver.Id, _portal.AttendanceToday(AttendanceKind.OnSite)),
            (await _portal.CreateOfficerAsync(authorities: ["鄂A"])).Ref
        );
        Assert.Equal((RefusalCode.AttendanceExists, "heldOn"), (again.Code, again.Field));
        await _portal.DoAsync(new DeclineAttendance(recorded, "没有签到。"), _chief.Ref);
        Assert.Contains("AttendanceDeclined", await _portal.MessagesToAsync(driver));
        await _portal.RecordAttendanceAsync(driver);
    }

    [Fact]
    [Trait("Rule", "N-25")]
    public async Task Twenty_confirmations_at_once_never_exceed_the_cap()
    {
        var driver = await _portal.ImportDriverAsync("鄂A", points: 11);
        var recorded = new List<Guid>();
        for (var day = 0; day < 10; day++)
        {
            recorded.Add(await _portal.RecordAttendanceAsync(driver, AttendanceKind.OnSite, day));
            recorded.Add(await _portal.RecordAttendanceAsync(driver, AttendanceKind.PublicService, day));
        }

        await Race.RunAsync(recorded.Count, i => _portal.TryAsync(new ConfirmAttendance(recorded[i]), _chief.Ref));

        Assert.Equal(6, await _portal.ScalarAsync<long>("SELECT sum(points) FROM reductions"));
        Assert.Equal(6, await _portal.ScalarAsync<long>("SELECT sum(points) FROM attendances"));

        // The control: who only looks and writes, without slots, takes off more.
        await _portal.ExecuteAsync("DELETE FROM reductions");
        await _portal.ExecuteAsync("DROP INDEX ux_reductions_slot");
        await NaiveControl.LookThenWriteAsync(
            _portal,
            10,
            "SELECT count(*) / 6 FROM reductions",
            """
            INSERT INTO reductions (id, attendance_id, driver_id, cycle_start, slot, points, surplus, state, reserved_at, next_at, attempts, version)
            SELECT gen_random_uuid(), id, driver_id, '2025-11-30', 1, 1, 0, 'Waiting', now(), now(), 0, 0 FROM attendances LIMIT 1
            """
        );
        Assert.True(await _portal.ScalarAsync<long>("SELECT sum(points) FROM reductions") > 6);
    }

    [Fact]
    [Trait("Rule", "N-33")]
    public async Task Another_authoritys_driver_is_nobody_and_the_look_is_on_record()
    {
        var driver = await _portal.ImportDriverAsync("鄂A");
        var stranger = await _portal.CreateOfficerAsync(authorities: ["渝A"]);
        Assert.Null(await _portal.DoAsync(new LookUpAttendant(driver.Person.IdNumber), stranger.Ref));
        var found = await _portal.DoAsync(new LookUpAttendant(driver.Person.IdNumber), _chief.Ref);
        Assert.Equal((driver.Id, 3, 0), (found!.DriverId, found.Points, found.Obstacles.Count));
        Assert.Equal(
            2,
            await _portal.ScalarAsync<long>(
                "SELECT count(*) FROM audit_entries WHERE act = 'LookUpAttendant' AND details LIKE '%attendance%'"
            )
        );
    }

    [Theory]
    [InlineData(
        "ck_attendances_maker_checker",
        "UPDATE attendances SET state = 'Declined', decline_reason = '?', checked_at = now(), checked_by_id = recorded_by_id"
    )]
    [InlineData("ck_attendances_checked", "UPDATE attendances SET checked_at = now()")]
    [InlineData("ck_attendances_points", "UPDATE attendances SET points = 1")]
    [InlineData("ck_attendances_declined", "UPDATE attendances SET decline_reason = '?'")]
    [InlineData(
        "ux_attendances_once",
        "UPDATE attendances SET kind = 'OnSite', held_on = (SELECT min(held_on) FROM attendances)"
    )]
    [InlineData("ck_reductions_route", "UPDATE reductions SET attendance_id = NULL")]
    [InlineData("ck_reductions_surplus", "UPDATE reductions SET surplus = 2")]
    public async Task A_row_that_cannot_be_is_refused(string constraint, string sql)
    {
        var driver = await _portal.ImportDriverAsync("鄂A");
        await _portal.DoAsync(
            new ConfirmAttendance(await _portal.RecordAttendanceAsync(driver, AttendanceKind.PublicService)),
            _chief.Ref
        );
        await _portal.ExecuteAsync(
            """
            UPDATE attendances SET state = 'Recorded', points = NULL, checked_by_id = NULL, checked_by_name = NULL, checked_at = NULL
            """
        );
        await _portal.RecordAttendanceAsync(driver, AttendanceKind.OnSite, 1);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _portal.ExecuteAsync(sql));

        Assert.Equal(constraint, refused.ConstraintName);
    }

    private async Task<AdminPortal.Domain.Drivers.DriverRecord> RecordAsync(TestDriver driver)
    {
        await using var db = _portal.Db();
        var file = await DriverRecords.LoadAsync(
            db,
            SchemeCatalogue.Shipped,
            driver.Id,
            ChinaTime.DateOf(_portal.Clock.Now),
            default
        );
        return file!.Record;
    }
}
