using AdminPortal.Domain.Drivers;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Drivers;

public sealed class FormatTests
{
    internal sealed record Identity(string? Text, string? Value, DateOnly? Born);

    internal sealed record Number(string? Text, string? Value);

    internal sealed record PlateText(string? Text, bool Plate, bool Authority);

    internal sealed record LicenceText(string Kind, string? Text, bool Valid);

    internal sealed record CycleOf(
        DateOnly FirstLicensedOn,
        DateOnly On,
        DateOnly Start,
        DateOnly ResetOn,
        int DaysLeft
    );

    [Theory, Examples("Drivers/resident-id.json")]
    [Trait("Rule", "S0-04")]
    public void A_resident_number_is_read_as_people_type_it(string file, string title)
    {
        var example = ExampleFile.Get<Identity>(file, title);

        var valid = ResidentId.TryParse(example.Text, out var id);

        Assert.Equal(example.Value is not null, valid);
        Assert.Equal(example.Value, id?.Value);
        Assert.Equal(example.Born, id?.BirthDate);
    }

    [Fact]
    [Trait("Rule", "S0-04")]
    public void Every_single_wrong_character_of_a_resident_number_is_noticed() =>
        Property.Holds(
            Property.Three(Gen.Choose(0, 36_500), Gen.Choose(0, 999_999), Gen.Choose(0, 999)),
            drawn =>
            {
                var born = new DateOnly(1925, 1, 1).AddDays(drawn.Item1);
                var first17 = $"{drawn.Item2:000000}{born:yyyyMMdd}{drawn.Item3:000}";
                var whole = first17 + ResidentId.CheckCharacter(first17);
                Assert.True(ResidentId.TryParse(whole, out var id));
                Assert.Equal(born, id.BirthDate);
                for (var i = 0; i < 18; i++)
                {
                    foreach (var c in "0123456789X".Where(c => c != whole[i]))
                    {
                        Assert.False(ResidentId.TryParse(whole[..i] + c + whole[(i + 1)..], out _));
                    }
                }
            },
            100
        );

    [Fact]
    [Trait("Rule", "S0-04")]
    public void Two_neighbours_that_changed_places_are_noticed() =>
        Property.Holds(
            Property.Three(Gen.Choose(0, 36_500), Gen.Choose(0, 999_999), Gen.Choose(0, 999)),
            drawn =>
            {
                var born = new DateOnly(1925, 1, 1).AddDays(drawn.Item1);
                var first17 = $"{drawn.Item2:000000}{born:yyyyMMdd}{drawn.Item3:000}";
                var whole = first17 + ResidentId.CheckCharacter(first17);
                for (var i = 0; i < 17; i++)
                {
                    var swapped = whole[..i] + whole[i + 1] + whole[i] + whole[(i + 2)..];
                    Assert.True(swapped == whole || !ResidentId.TryParse(swapped, out _));
                }
            },
            100
        );

    [Fact]
    [Trait("Rule", "N-33")]
    public void A_resident_number_never_writes_itself_out()
    {
        Assert.True(ResidentId.TryParse("11010519491231002X", out var id));

        Assert.Equal("110***********002X", id.ToString());
        Assert.DoesNotContain("1949", $"{id}");
    }

    [Theory, Examples("Drivers/mobile.json")]
    [Trait("Rule", "S1-07")]
    public void A_mobile_number_is_read_as_people_type_it(string file, string title)
    {
        var example = ExampleFile.Get<Number>(file, title);

        Assert.Equal(example.Value, Mobile.Normalise(example.Text));
    }

    [Theory, Examples("Drivers/plates.json")]
    [Trait("Rule", "S1-06")]
    public void A_plate_and_an_authority_are_told_apart(string file, string title)
    {
        var example = ExampleFile.Get<PlateText>(file, title);

        Assert.Equal(example.Plate, PlateFormat.IsPlate(example.Text));
        Assert.Equal(example.Authority, PlateFormat.IsAuthority(example.Text));
    }

    [Theory, Examples("Drivers/licence.json")]
    [Trait("Rule", "S1-08")]
    [Trait("Rule", "S1-18")]
    public void A_licence_has_known_classes_and_letters(string file, string title)
    {
        var example = ExampleFile.Get<LicenceText>(file, title);

        Assert.Equal(
            example.Valid,
            example.Kind == "class" ? LicenceClass.IsValid(example.Text) : LicenceStatus.IsValid(example.Text)
        );
    }

    [Theory, Examples("Drivers/N-03.json")]
    [Trait("Rule", "N-03")]
    [Trait("Rule", "S1-24")]
    public void A_cycle_is_twelve_months_from_the_first_licence(string file, string title)
    {
        var example = ExampleFile.Get<CycleOf>(file, title);

        var cycle = PointsCycle.At(example.FirstLicensedOn, example.On);

        Assert.Equal((example.Start, example.ResetOn), (cycle.Start, cycle.ResetOn));
        Assert.Equal(example.DaysLeft, cycle.DaysLeft(example.On));
        Assert.True(cycle.Contains(example.On));
    }

    [Fact]
    [Trait("Rule", "N-03")]
    public void Before_the_first_licence_there_is_no_cycle() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PointsCycle.At(Day("2015-06-15"), Day("2015-06-14")));

    [Fact]
    [Trait("Rule", "N-03")]
    public void Cycles_follow_each_other_without_a_gap() =>
        Property.Holds(
            Gen.Choose(0, 8000).Zip(Gen.Choose(0, 6000)),
            drawn =>
            {
                var first = new DateOnly(2000, 1, 1).AddDays(drawn.Item1);
                var on = first.AddDays(drawn.Item2);
                var cycle = PointsCycle.At(first, on);
                Assert.True(cycle.Contains(on));
                Assert.False(cycle.Contains(cycle.ResetOn));
                Assert.Equal(cycle.ResetOn, PointsCycle.At(first, cycle.ResetOn).Start);
                if (cycle.Start > first)
                {
                    Assert.Equal(cycle.Start, PointsCycle.At(first, cycle.Start.AddDays(-1)).ResetOn);
                }
            }
        );

    [Fact]
    [Trait("Rule", "N-03")]
    public void An_earlier_cycle_is_the_one_its_days_fell_in() =>
        Property.Holds(
            Gen.Choose(0, 8000).Zip(Gen.Choose(1100, 6000)),
            drawn =>
            {
                var first = new DateOnly(2000, 1, 1).AddDays(drawn.Item1);
                var cycle = PointsCycle.At(first, first.AddDays(drawn.Item2));
                Assert.Equal(PointsCycle.At(first, cycle.Start.AddDays(-1)), cycle.Earlier(1));
                Assert.Equal(PointsCycle.At(first, cycle.Earlier(1).Start.AddDays(-1)), cycle.Earlier(2));
                Assert.Equal(cycle, cycle.Earlier(0));
            }
        );

    [Theory]
    [InlineData("2024-06-01", 0, "2024-02-29", "2025-02-28")]
    [InlineData("2024-06-01", 1, "2023-02-28", "2024-02-29")]
    [InlineData("2024-06-01", 2, "2022-02-28", "2023-02-28")]
    [InlineData("2025-06-01", 1, "2024-02-29", "2025-02-28")]
    [InlineData("2025-06-01", 2, "2023-02-28", "2024-02-29")]
    [InlineData("2026-01-01", 1, "2024-02-29", "2025-02-28")]
    [InlineData("2021-06-01", 2, "2019-02-28", "2020-02-29")] // before the first licence
    [InlineData("2021-06-01", 5, "2016-02-29", "2017-02-28")]
    [Trait("Rule", "N-03")]
    [Trait("Rule", "S1-16")]
    public void An_earlier_cycle_of_a_licence_of_29_february_is_the_one_its_days_fell_in(
        string on,
        int back,
        string start,
        string resetOn
    )
    {
        var cycle = PointsCycle.At(Day("2020-02-29"), Day(on));

        var earlier = cycle.Earlier(back);

        Assert.Equal((Day(start), Day(resetOn)), (earlier.Start, earlier.ResetOn));
        // In one step or in many.
        var stepped = Enumerable.Range(0, back).Aggregate(cycle, (at, _) => at.Earlier(1));
        Assert.Equal((earlier.Start, earlier.ResetOn), (stepped.Start, stepped.ResetOn));
    }

    [Fact]
    [Trait("Rule", "S1-18")]
    public void Every_status_letter_has_its_own_term()
    {
        Assert.Equal(19, LicenceStatus.Letters.Count);
        Assert.Equal(19, LicenceStatus.Letters.Values.Distinct().Count());
        Assert.Equal("逾期未审验", LicenceStatus.Letters['S']);
        Assert.Equal("扣留", LicenceStatus.Letters['U']);
        Assert.Equal("暂扣", LicenceStatus.Letters['D']);
        Assert.Equal("违法未处理", LicenceStatus.Letters['H']);
    }
}
