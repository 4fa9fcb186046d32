using AdminPortal.Data.Exchange;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Exchange;

/// <summary>The points a single violation can carry.</summary>
public sealed class ViolationPointsTests : IAsyncLifetime
{
    private static readonly TestPerson Person = TestPeople.Number(31);
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [Trait("Rule", "N-07")]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(6, true)]
    [InlineData(9, true)]
    [InlineData(12, true)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(24, false)]
    public async Task A_violation_carries_one_of_five_numbers_of_points(int points, bool taken)
    {
        Assert.Equal(taken, Violation(points).Defect() is null);
        if (taken)
        {
            await ImportAsync(points);
            Assert.Equal(points, await _portal.ScalarAsync<int>("SELECT points FROM violations"));
        }
    }

    [Fact]
    [Trait("Rule", "N-28")]
    public async Task A_violation_settled_with_a_warning_carries_no_points()
    {
        await ImportAsync(0);
        Assert.Equal(0, await _portal.ScalarAsync<int>("SELECT points FROM violations"));
    }

    private static ViolationRecord Violation(int points) =>
        new(Person.IdNumber, "V-1", "1362", new DateOnly(2026, 1, 2), points);

    private Task ImportAsync(int points) =>
        _portal.ImportAsync([new PersonRecord(Person.IdNumber, Person.Name, Person.Mobile), Violation(points)]);
}
