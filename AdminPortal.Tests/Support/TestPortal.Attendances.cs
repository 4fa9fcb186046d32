using AdminPortal.Data.Attendances;
using AdminPortal.Data.Exchange;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Time;

namespace AdminPortal.Tests.Support;

// On-site study and public service.
public sealed partial class TestPortal
{
    /// <summary>An attendance that no rule objects to.</summary>
    public AttendanceFacts AttendanceToday(AttendanceKind kind, int daysAgo = 0) =>
        new(kind, ChinaTime.DateOf(Clock.Now).AddDays(-daysAgo), 60, true, "支队教育室");

    /// <summary>A driver of 渝A, which is brought under N: the officers of most tests answer for 渝A. Holds until the next import.</summary>
    public async Task<TestDriver> NationalDriverAsync()
    {
        var driver = await ImportDriverAsync();
        await ExecuteAsync("UPDATE authorities SET scheme_id = 'N' WHERE authority = '渝A'");
        return driver;
    }

    /// <summary>A driver with four points, three of them of a violation whose penalty was changed to one point (N-16).</summary>
    public async Task<TestDriver> ImportDriverWithPenaltyChangeAsync()
    {
        var today = ChinaTime.DateOf(Clock.Now);
        ViolationRecord Violation(string id, int points) =>
            new(id, $"V-{id}", "1362", today.AddDays(-40), points, today.AddDays(-35));
        var driver = await ImportDriverAsync(points: 4, more: id => Violation(id, 3));
        var licensed = today.AddYears(-6).AddDays(-100);
        await ImportAsync(
            [
                new LicenceRecord(driver.Person.IdNumber, driver.Authority, "C1", "A", licensed, 2),
                Violation(driver.Person.IdNumber, 1),
            ],
            Clock.Now
        );
        return driver;
    }

    /// <summary>A violation of the last cycle whose fine is overdue, so that its points moved on (N-15).</summary>
    public ViolationRecord OverdueViolation(string idNumber)
    {
        var handled = ChinaTime.DateOf(Clock.Now).AddDays(-160);
        return new ViolationRecord(idNumber, $"V-{idNumber}", "1362", handled.AddDays(-5), 3, handled);
    }

    /// <summary>One attendance of each state: confirmed, not confirmed, waiting.</summary>
    /// <returns>The three records, in that order.</returns>
    public async Task<IReadOnlyList<Guid>> DecideAttendancesAsync(TestDriver driver)
    {
        var chief = await CreateOfficerAsync(Role.Supervisor, [driver.Authority]);
        var confirmed = await RecordAttendanceAsync(driver);
        await DoAsync(new ConfirmAttendance(confirmed), chief.Ref);
        var declined = await RecordAttendanceAsync(driver, AttendanceKind.PublicService, 1);
        await DoAsync(new DeclineAttendance(declined, "2026-17"), chief.Ref);
        return [confirmed, declined, await RecordAttendanceAsync(driver, AttendanceKind.PublicService)];
    }

    /// <summary>Recorded by a reviewer of the driver's authority; nobody has confirmed it.</summary>
    public async Task<Guid> RecordAttendanceAsync(
        TestDriver driver,
        AttendanceKind kind = AttendanceKind.OnSite,
        int daysAgo = 0
    )
    {
        var officer = await CreateOfficerAsync(authorities: [driver.Authority]);
        return await DoAsync(new RecordAttendance(driver.Id, AttendanceToday(kind, daysAgo)), officer.Ref);
    }
}
