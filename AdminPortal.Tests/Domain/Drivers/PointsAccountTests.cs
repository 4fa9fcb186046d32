using AdminPortal.Domain.Drivers;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Drivers;

/// <summary>Licensed on 15 June 2015, so that a cycle begins every 15 June.</summary>
public sealed class PointsAccountTests
{
    private static readonly DateOnly Licensed = Day("2015-06-15");
    private static readonly DateOnly Earlier = Day("2024-06-15");
    private static readonly DateOnly Running = Day("2025-06-15");
    private static readonly DateOnly Today = Day("2026-03-10");

    private static DeliveredPoints Delivered(int points, string at = "2026-03-01 08:00", int elsewhere = 0) =>
        new(points, elsewhere, At(at));

    private static RecordedViolation Violation(
        int points = 3,
        string? handled = "2025-04-01",
        string? paid = null,
        string number = "V-1"
    ) => new(number, Day("2025-03-20"), points, handled is null ? null : Day(handled), paid is null ? null : Day(paid));

    private static PointsEvent Event(
        PointsEventKind kind,
        int points,
        string at = "2026-03-05 08:00",
        int surplus = 0,
        DateOnly? cycle = null
    ) => new(cycle ?? Running, At(at), kind, points, surplus);

    private static PointsAccount Account(
        DeliveredPoints delivered,
        IReadOnlyList<RecordedViolation>? violations = null,
        params PointsEvent[] events
    ) => PointsAccount.At(Licensed, delivered, violations ?? [], events, Today);

    [Fact]
    public void What_was_delivered_in_the_running_cycle_stands()
    {
        var account = Account(Delivered(5, elsewhere: 2));
        Assert.Equal((5, 2, 0), (account.Points, account.ReducedElsewhere, account.Surplus));
        Assert.Empty(account.CarriedOver);
    }

    [Fact]
    [Trait("Rule", "N-15")]
    public void At_the_end_of_a_cycle_points_and_what_was_reduced_are_cleared()
    {
        var account = Account(Delivered(9, "2025-06-14 20:00", elsewhere: 4), [Violation(paid: "2025-04-02")]);
        Assert.Equal((0, 0), (account.Points, account.ReducedElsewhere));
        Assert.Empty(account.CarriedOver);
    }

    [Theory]
    [Trait("Rule", "N-15")]
    [InlineData("2025-04-01", null, 3)] // overdue and never paid
    [InlineData("2025-04-01", "2025-06-14", 0)] // paid on the last day of the cycle
    [InlineData("2025-04-01", "2025-06-15", 3)] // paid on the first day of the next one: it had moved on
    [InlineData("2025-05-30", null, 3)] // fifteen days end with 14 June: overdue when the cycle ends
    [InlineData("2025-05-31", null, 0)] // they end with 15 June: not overdue yet
    [InlineData(null, null, 0)] // not handled: there are no points to move
    [InlineData("2015-06-14", null, 0)] // before the licence: none either
    public void Points_of_a_violation_whose_fine_is_overdue_move_on(string? handled, string? paid, int carried)
    {
        var account = Account(Delivered(6, "2025-06-10 08:00"), [Violation(3, handled, paid)]);
        Assert.Equal(carried, account.Points);
        Assert.Equal(carried > 0 ? 1 : 0, account.CarriedOver.Count);
    }

    [Fact]
    [Trait("Rule", "N-15")]
    public void What_was_carried_over_is_named_also_when_the_authority_has_delivered_it_since()
    {
        var (first, second) = (Violation(1, "2025-05-01", number: "V-2"), Violation(3, "2025-04-01", number: "V-1"));
        var account = Account(Delivered(4), [first, second, Violation(6, "2025-08-01", number: "V-3")]);
        Assert.Equal(4, account.Points);
        Assert.Equal(["V-1", "V-2"], account.CarriedOver.Select(v => v.Number));
    }

    [Fact]
    [Trait("Rule", "N-15")]
    public void It_moves_on_at_every_end_until_the_fine_is_paid()
    {
        var violation = Violation(3, "2023-04-01");
        Assert.Equal(3, Account(Delivered(3, "2023-05-01 08:00"), [violation]).Points);
        Assert.Equal(0, Account(Delivered(3, "2023-05-01 08:00"), [violation with { PaidOn = Earlier }]).Points);
        Assert.Equal(3, Account(Delivered(3, "2023-05-01 08:00"), [violation with { PaidOn = Running }]).Points);
    }

    [Fact]
    [Trait("Rule", "N-15")]
    public void No_more_moves_on_than_there_was()
    {
        var account = Account(
            Delivered(3, "2025-06-01 08:00"),
            [Violation(3)],
            Event(PointsEventKind.Reduced, 1, "2025-06-10 08:00", cycle: Earlier)
        );
        Assert.Equal(2, account.Points);
    }

    [Theory]
    [Trait("Rule", "N-15")]
    [InlineData(11, 0)]
    [InlineData(12, 12)]
    [InlineData(15, 15)]
    public void Full_marks_are_not_cleared(int delivered, int left) =>
        Assert.Equal(left, Account(Delivered(delivered, "2025-06-10 08:00")).Points);

    [Fact]
    public void Only_what_happened_after_the_delivery_changes_it()
    {
        var account = Account(
            Delivered(5),
            null,
            Event(PointsEventKind.Reduced, 1, "2026-02-01 08:00"),
            Event(PointsEventKind.Reduced, 1, "2026-03-01 08:00"),
            Event(PointsEventKind.Reduced, 1, "2026-03-01 08:01")
        );
        Assert.Equal(4, account.Points);
    }

    [Fact]
    public void What_belongs_to_an_ended_cycle_changes_nothing_whenever_it_was_settled()
    {
        var account = Account(
            Delivered(5),
            null,
            Event(PointsEventKind.Reduced, 1, cycle: Earlier),
            Event(PointsEventKind.PutBack, 1, cycle: Earlier),
            Event(PointsEventKind.PenaltyLowered, 3, surplus: 2, cycle: Earlier)
        );
        Assert.Equal((5, 0), (account.Points, account.Surplus));
    }

    [Fact]
    public void A_reduction_of_the_running_cycle_is_taken_from_what_moved_on()
    {
        var account = Account(
            Delivered(9, "2025-06-10 08:00"),
            [Violation(3)],
            Event(PointsEventKind.Reduced, 1, "2025-09-01 08:00")
        );
        Assert.Equal(2, account.Points);
    }

    [Fact]
    [Trait("Rule", "N-16")]
    public void A_penalty_that_is_revoked_takes_its_points_away_and_one_that_rises_adds_them()
    {
        Assert.Equal(2, Account(Delivered(5), null, Event(PointsEventKind.PenaltyLowered, 3)).Points);
        Assert.Equal(8, Account(Delivered(5), null, Event(PointsEventKind.PenaltyRaised, 3)).Points);
        var known = Event(PointsEventKind.PenaltyLowered, 3, "2026-03-01 08:00");
        Assert.Equal(5, Account(Delivered(5), null, known).Points); // the delivery has it already
        var raised = Event(PointsEventKind.PenaltyRaised, 3, "2026-03-01 08:00");
        Assert.Equal(5, Account(Delivered(5), null, raised).Points);
    }

    [Fact]
    [Trait("Rule", "N-16")]
    [Trait("Rule", "N-n8")]
    public void What_was_reduced_beyond_what_is_left_stays_visible_and_is_set_off_against_nothing()
    {
        // Three points, two taken off, the violation revoked: one point left to fall away, two too many taken off.
        Assert.Equal(2, PointsAccount.SurplusOf(3, 1));
        Assert.Equal(0, PointsAccount.SurplusOf(3, 3));
        var revoked = Event(PointsEventKind.PenaltyLowered, 3, surplus: 2);
        var account = Account(Delivered(1), null, revoked);
        Assert.Equal((0, 2), (account.Points, account.Surplus));

        // A later delivery with a new violation counts in full, and the surplus is still shown.
        var later = Account(Delivered(3, "2026-03-08 08:00"), null, revoked);
        Assert.Equal((3, 2), (later.Points, later.Surplus));

        // It ends with the cycle.
        var over = PointsAccount.At(Licensed, Delivered(1), [], [revoked], Day("2026-06-15"));
        Assert.Equal((0, 0), (over.Points, over.Surplus));
    }

    [Fact]
    [Trait("Rule", "N-31")]
    public void Points_that_are_put_back_settle_the_surplus_first()
    {
        var revoked = Event(PointsEventKind.PenaltyLowered, 3, "2026-03-02 08:00", surplus: 1);
        var back = Event(PointsEventKind.PutBack, 1, "2026-03-03 08:00");
        var again = Event(PointsEventKind.PutBack, 1, "2026-03-04 08:00");
        Assert.Equal((0, 0), Standing(Account(Delivered(2), null, revoked, back)));
        Assert.Equal((1, 0), Standing(Account(Delivered(2), null, again, back, revoked)));
        Assert.Equal((3, 0), Standing(Account(Delivered(2), null, again)));
        // One the authority has delivered already settles the surplus and adds nothing.
        var old = Event(PointsEventKind.PutBack, 1, "2026-02-28 08:00");
        var before = Event(PointsEventKind.PenaltyLowered, 3, "2026-02-27 08:00", surplus: 1);
        Assert.Equal((2, 0), Standing(Account(Delivered(2), null, before, old)));
    }

    [Fact]
    [Trait("Rule", "N-16")]
    public void A_violation_stands_in_the_cycle_of_its_decision_and_in_those_it_moved_on_to()
    {
        var (own, next) = (PointsCycle.At(Licensed, Earlier), PointsCycle.At(Licensed, Running));
        Assert.True(PointsAccount.StandsIn(own, Licensed, Violation()));
        Assert.True(PointsAccount.StandsIn(next, Licensed, Violation()));
        Assert.False(PointsAccount.StandsIn(next, Licensed, Violation(paid: "2025-04-02")));
        Assert.False(PointsAccount.StandsIn(own, Licensed, Violation(handled: null)));
        Assert.False(PointsAccount.StandsIn(own.Earlier(1), Licensed, Violation()));
    }

    [Fact]
    public void Data_taken_before_the_first_licence_count_in_its_first_cycle()
    {
        var account = PointsAccount.At(Licensed, Delivered(2, "2015-01-01 08:00"), [], [], Day("2015-07-01"));
        Assert.Equal(2, account.Points);
    }

    private static (int, int) Standing(PointsAccount account) => (account.Points, account.Surplus);
}
