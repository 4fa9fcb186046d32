using System.Diagnostics;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.Photos;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Exchange;

/// <summary>An authority's file: good lines are kept, bad ones named with line and reason, a second time changes nothing.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private static readonly TestPerson Wang = TestPeople.Number(1);
    private static readonly TestPerson Li = TestPeople.Number(2);
    private static readonly DateOnly Licensed = new(2018, 5, 4);

    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    private static ExchangeRecord[] Good =>
        [
            .. TestPortal.Authorities,
            new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, "A-reference.jpg"),
            new LicenceRecord(Wang.IdNumber, "渝A", "C1", "A", Licensed, 3),
            new VehicleRecord(Wang.IdNumber, "渝AD8001", new DateOnly(2027, 1, 1)),
            new ViolationRecord(Wang.IdNumber, "V-1", "1362", new DateOnly(2026, 1, 2), 3, new DateOnly(2026, 2, 1)),
            new EntryRecord(Wang.IdNumber, RecordKind.FullMarkEducation, new DateOnly(2020, 1, 1)),
        ];

    [Fact]
    public async Task The_same_file_twice_changes_nothing_the_second_time()
    {
        var asOf = _portal.Clock.Now.AddHours(-5);
        var first = await _portal.ImportAsync(Good, asOf);
        Assert.Equal((9, 0, 0), (first.Added, first.Changed, first.Unchanged));
        var image = await _portal.ImageAsync();
        var versions = await RowVersionsAsync();

        var second = await _portal.ImportAsync(Good, asOf);

        Assert.Equal((0, 0, 9), (second.Added, second.Changed, second.Unchanged));
        DatabaseImage.AssertSame(image, await _portal.ImageAsync());
        Assert.Equal(versions, await RowVersionsAsync());
        Assert.Single(_portal.Get<PhotoFiles>().All()); // the same photo is not stored twice
    }

    [Fact]
    public async Task Newer_data_change_what_changed_and_older_data_are_refused_by_line()
    {
        await _portal.ImportAsync(Good, _portal.Clock.Now.AddHours(-5));
        ExchangeRecord[] changed = [Good[4], new LicenceRecord(Wang.IdNumber, "渝A", "C1", "A", Licensed, 6)];

        var newer = await _portal.ImportAsync(changed, _portal.Clock.Now.AddHours(-1));
        Assert.Equal((0, 1, 1), (newer.Added, newer.Changed, newer.Unchanged));
        Assert.Equal(6, await _portal.ScalarAsync<int>("SELECT points FROM licences"));

        var older = await ImportLinesAsync(Header(_portal.Clock.Now.AddHours(-4)), TestPortal.Line(Good[5]));
        Assert.Equal([new ImportFault(2, "newer data of this licence are stored already")], older.Faults);
        Assert.Equal(6, await _portal.ScalarAsync<int>("SELECT points FROM licences"));
    }

    [Fact]
    [Trait("Rule", "S1-14")]
    public async Task Data_of_the_future_are_refused_as_a_whole_and_clocks_may_differ_by_minutes()
    {
        await _portal.ImportAsync(Good, _portal.Clock.Now.AddMinutes(4));
        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() =>
            _portal.ImportAsync(Good, _portal.Clock.Now.AddMinutes(6))
        );
        Assert.Equal("line 1: asOf is in the future", refused.Message);
    }

    [Fact]
    public async Task Bad_lines_are_named_with_number_and_reason_and_the_good_ones_stay()
    {
        var report = await ImportLinesAsync(
            Header(),
            TestPortal.Line(TestPortal.Authorities[0]),
            "this is not JSON",
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile)),
            "",
            TestPortal.Line(new PersonRecord("990000196001010011", "某人", "19900000000")),
            TestPortal.Line(new LicenceRecord(Wang.IdNumber, "渝A", "C1", "A", Licensed, 100)),
            TestPortal.Line(new LicenceRecord(Li.IdNumber, "渝A", "C1", "A", Licensed, 3)),
            """{"record":"spaceship","idNumber":"1"}""",
            """{"record":"vehicle","idNumber":"1"}""",
            """{"record":"entry","idNumber":"1","kind":"Nonsense","on":"2020-01-01"}""",
            TestPortal.Line(new ViolationRecord(Wang.IdNumber, "V-2", "1362", new DateOnly(2026, 1, 2), 4)),
            TestPortal.Line(new AuthorityRecord("渝C", "重庆渝C", "S9", new DateOnly(2021, 1, 1))),
            TestPortal.Line(new AuthorityRecord("渝A", "重庆渝A", "N", new DateOnly(2024, 1, 1))),
            Header(),
            "null",
            TestPortal.Line(new PersonRecord(Li.IdNumber, Li.Name, "123")),
            TestPortal.Line(new LicenceRecord(Wang.IdNumber, "渝A", "C1", "A", Licensed, 3))
        );

        Assert.Equal((3, 0, 0), (report.Added, report.Changed, report.Unchanged));
        (int Line, string Reason)[] expected =
        [
            (3, "is an invalid JSON literal"),
            (6, "idNumber is not a valid resident identity number"),
            (7, "points must be 0 to 99"),
            (8, "no driver with this idNumber"),
            (9, "spaceship"),
            (10, "plate"),
            (11, "kind"),
            (12, "points must be 0, 1, 3, 6, 9 or 12"),
            (13, "unknown scheme"),
            (14, "overlaps another period of this authority"),
            (15, "a second header"),
            (16, "empty record"),
            (17, "mobile is not a mobile number"),
        ];
        Assert.Equal(expected.Select(e => e.Line), report.Faults.Select(f => f.Line));
        Assert.All(expected.Zip(report.Faults), p => Assert.Contains(p.First.Reason, p.Second.Reason));
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM licences"));
        // Reasons go to the operator's screen and log: they repeat nobody's number.
        Assert.All(report.Faults, f => Assert.DoesNotContain(Wang.IdNumber, f.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"record":"authority","code":"渝A","name":"重庆","scheme":"S1","from":"2021-09-10"}""")]
    [InlineData(
        """{"record":"header","format":"adminportal-exchange/2","asOf":"2026-03-01T00:00:00+08:00","source":"测试"}"""
    )]
    [InlineData("""{"record":"header","format":"adminportal-exchange/1","asOf":"gestern","source":"测试"}""")]
    [InlineData(
        """{"record":"header","format":"adminportal-exchange/1","asOf":"2026-03-01T00:00:00+08:00","source":""}"""
    )]
    public async Task A_file_without_a_right_header_is_refused_as_a_whole(string header)
    {
        var before = await _portal.ImageAsync();
        await Assert.ThrowsAsync<ImportRefusedException>(() =>
            ImportLinesAsync(header, TestPortal.Line(TestPortal.Authorities[0]))
        );
        DatabaseImage.AssertSame(before, await _portal.ImageAsync());
    }

    [Theory]
    [InlineData("../secret.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("photos/../../secret.jpg")]
    [InlineData("..\\secret.jpg")]
    public async Task A_photo_outside_the_folder_of_the_file_is_not_read(string path)
    {
        await File.WriteAllBytesAsync(
            Path.Combine(_portal.Folder.Folder, "secret.jpg"),
            AdminPortal.Data.Demo.SamplePhotos.Named("A-reference").Bytes.ToArray()
        );
        var report = await ImportLinesAsync(
            Header(),
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, path))
        );
        Assert.Equal([new ImportFault(2, "photo must be a path beside the file")], report.Faults);
        Assert.Empty(_portal.Get<PhotoFiles>().All());
    }

    [Fact]
    public async Task A_missing_oversized_or_foreign_photo_is_named_and_nothing_of_it_stays()
    {
        var path = await _portal.WriteExchangeAsync([
            Header(),
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, "missing.jpg")),
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, "huge.jpg")),
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, "text.jpg")),
            TestPortal.Line(new PersonRecord(Wang.IdNumber, Wang.Name, Wang.Mobile, "A-reference.jpg")),
        ]);
        var folder = Path.GetDirectoryName(path)!;
        await File.WriteAllBytesAsync(Path.Combine(folder, "huge.jpg"), new byte[JpegSanitizer.MaxBytes + 1]);
        await File.WriteAllTextAsync(Path.Combine(folder, "text.jpg"), "<html>");

        var report = await _portal.Get<ExchangeImporter>().ImportAsync(path, default);

        Assert.Equal(
            [
                new ImportFault(2, "photo: the file does not exist"),
                new ImportFault(3, "photo: TooLarge"),
                new ImportFault(4, "photo: not a usable JPEG"),
            ],
            report.Faults
        );
        Assert.Equal(1, report.Added);
        Assert.Single(_portal.Get<PhotoFiles>().All());
    }

    [Fact]
    public async Task A_number_the_driver_confirmed_here_is_not_overwritten_by_an_older_one()
    {
        await _portal.ImportAsync(Good);
        var driver = new TestDriver(await _portal.ScalarAsync<Guid>("SELECT id FROM drivers"), Wang, "渝A");
        await _portal.DoAsync(TestPortal.Application(driver) with { Mobile = "13912345678" }, driver.Ref);

        await _portal.ImportAsync(Good, _portal.Clock.Now);

        Assert.Equal("13912345678", await _portal.Get<DriverPages>().MobileAsync(driver.Id, default));
    }

    [Fact]
    public async Task Five_thousand_lines_are_taken_in_reasonable_time()
    {
        var people = Enumerable.Range(100, 2498).Select(TestPeople.Number).ToList();
        var watch = Stopwatch.StartNew();
        var report = await _portal.ImportAsync([
            .. TestPortal.Authorities,
            .. people.Select(p => new PersonRecord(p.IdNumber, p.Name, p.Mobile)),
            .. people.Select(p => new LicenceRecord(p.IdNumber, "渝A", "C1", "A", Licensed, 3)),
        ]);
        Assert.Equal(5000, report.Added);
        // A generous bound: it is there to catch a cost that grows with the square of the lines.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    private async Task<ImportReport> ImportLinesAsync(params string[] lines) =>
        await _portal.Get<ExchangeImporter>().ImportAsync(await _portal.WriteExchangeAsync(lines), default);

    private string Header(DateTimeOffset? asOf = null) =>
        TestPortal.Line(new HeaderRecord(HeaderRecord.KnownFormat, asOf ?? _portal.Clock.Now.AddHours(-6), "测试"));

    /// <summary>The writing transaction of every row: an update that writes the same values would show here.</summary>
    private Task<IReadOnlyList<string>> RowVersionsAsync() =>
        _portal.ColumnAsync<string>(
            """
            SELECT 'd' || xmin::text FROM drivers UNION ALL SELECT 'l' || xmin::text FROM licences
            UNION ALL SELECT 'v' || xmin::text FROM vehicles UNION ALL SELECT 'w' || xmin::text FROM violations
            UNION ALL SELECT 'a' || xmin::text FROM authorities UNION ALL SELECT 'p' || xmin::text FROM photos
            UNION ALL SELECT 'h' || xmin::text FROM audit_head
            """
        );
}
