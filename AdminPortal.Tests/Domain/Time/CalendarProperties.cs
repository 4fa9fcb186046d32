using AdminPortal.Domain.Time;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Time;

public sealed class CalendarProperties
{
    private static readonly FsCheck.Gen<DateOnly> Days = Gen.Choose(0, 1000).Select(i => Day("2024-01-01").AddDays(i));

    private static readonly FsCheck.Gen<int> Counts = Gen.Choose(1, 60);

    [Fact]
    [Trait("Rule", "S1-38")]
    public void A_due_date_is_a_working_day_after_the_event() =>
        Property.Holds(
            Days.Zip(Counts),
            drawn =>
            {
                if (Add(drawn.Item1, drawn.Item2) is not { } due)
                {
                    return;
                }
                Assert.True(Calendar.IsWorking(due));
                Assert.True(due > drawn.Item1);
            }
        );

    [Fact]
    [Trait("Rule", "S1-38")]
    public void One_more_day_is_always_later() =>
        Property.Holds(
            Days.Zip(Counts),
            drawn =>
            {
                if (Add(drawn.Item1, drawn.Item2 + 1) is { } later)
                {
                    Assert.True(later > Add(drawn.Item1, drawn.Item2));
                }
            }
        );

    [Fact]
    [Trait("Rule", "S1-38")]
    public void Counting_in_two_steps_is_counting_in_one() =>
        Property.Holds(
            Property.Three(Days, Counts, Counts),
            drawn =>
            {
                var (day, a, b) = drawn;
                if (Add(day, a + b) is { } due)
                {
                    Assert.Equal(due, Add(Add(day, a)!.Value, b));
                }
            }
        );

    [Fact]
    [Trait("Rule", "S1-38")]
    public void Counting_agrees_with_the_written_out_list_and_never_guesses() =>
        Property.Holds(
            Days.Zip(Counts),
            drawn =>
            {
                var (day, count) = drawn;
                var after = Oracle.WorkingDays.Where(working => working > day).Take(count).ToList();
                var counted = Calendar.AddWorkingDays(day, count);
                if (after.Count == count)
                {
                    Assert.Equal(new CountedDate.Known(after[^1]), counted);
                    return;
                }
                var awaiting = Assert.IsType<CountedDate.Awaiting>(counted);
                Assert.Equal(2027, awaiting.Year);
                Assert.Equal(2027, awaiting.Provisional.Year);
            },
            1000
        );

    [Fact]
    [Trait("Rule", "N-36")]
    public void Rolling_forward_finds_the_first_working_day_of_the_list() =>
        Property.Holds(
            Days,
            day =>
            {
                var first = Oracle.WorkingDays.FirstOrDefault(working => working >= day);
                Assert.Equal(first == default ? null : first, (Calendar.RollForward(day) as CountedDate.Known)?.Day);
            },
            1000
        );

    [Fact]
    [Trait("Rule", "S1-38")]
    public void Once_passed_a_deadline_stays_passed() =>
        Property.Holds(
            Property.Three(Days, Gen.Choose(1, 9), Gen.Choose(-20 * 24 * 60, 20 * 24 * 60)),
            drawn =>
            {
                var (day, count, minutes) = drawn;
                foreach (var unit in Enum.GetValues<PeriodUnit>())
                {
                    var from = ChinaTime.StartOf(day).AddHours(9);
                    var deadline = Deadline.Stamp(new Period(count, unit, "S1-38"), from, Calendar);
                    var now = from.AddMinutes(minutes);
                    if (deadline.HasPassed(now))
                    {
                        Assert.True(now > from);
                        Assert.True(deadline.HasPassed(now.AddMinutes(1)));
                        Assert.True(deadline.HasPassed(now.AddYears(10)));
                    }
                    else if (deadline.ExpiresAt is { } end)
                    {
                        Assert.True(now < end);
                    }
                }
            }
        );

    private static DateOnly? Add(DateOnly day, int count) =>
        (Calendar.AddWorkingDays(day, count) as CountedDate.Known)?.Day;
}
