using AdminPortal.Data.Accounts;
using AdminPortal.Data.Demo;
using AdminPortal.Data.Photos;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Jobs;

/// <summary>What is over is removed, and only that.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_photo_file_without_a_row_goes_after_an_hour_and_one_with_a_row_stays()
    {
        var driver = await _portal.ImportDriverAsync();
        var files = _portal.Get<PhotoFiles>();
        var kept = Assert.Single(files.All());
        var orphan = Guid.NewGuid();
        await files.WriteAsync(orphan, SamplePhotos.Named("A-live").Bytes, default);
        var sweep = _portal.Get<PhotoSweep>();

        Assert.Equal(0, await sweep.RunAsync(default));
        _portal.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await sweep.RunAsync(default));
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await sweep.RunAsync(default));

        Assert.Equal([kept], files.All());
        Assert.Equal(
            kept,
            await _portal.ScalarAsync<Guid>("SELECT reference_photo_id FROM drivers WHERE id = $1", driver.Id)
        );
    }

    [Fact]
    public async Task A_photo_whose_row_comes_within_the_hour_is_never_taken()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        var files = _portal.Get<PhotoFiles>();
        var before = files.All().ToHashSet();
        var sweep = _portal.Get<PhotoSweep>();
        await _portal.VerifyAsync(driver);
        var photo = files.All().Except(before).Single();
        // Seen while its act had not committed yet.
        await _portal.ExecuteAsync(
            "CREATE TABLE away AS SELECT * FROM photos; DELETE FROM face_checks; DELETE FROM photos WHERE kind = 'Live'"
        );
        await sweep.RunAsync(default);
        await _portal.ExecuteAsync("INSERT INTO photos SELECT * FROM away WHERE kind = 'Live'");
        _portal.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, await sweep.RunAsync(default));
        Assert.Contains(photo, files.All());
    }

    [Theory]
    [InlineData(ActorKind.Staff, 8)]
    [InlineData(ActorKind.Driver, 4)]
    public async Task A_session_ends_when_it_is_idle_and_at_its_absolute_limit_however_active(ActorKind kind, int hours)
    {
        var sessions = _portal.Get<Sessions>();
        var subject =
            kind == ActorKind.Staff ? (await _portal.CreateOfficerAsync()).Id : (await _portal.ImportDriverAsync()).Id;
        var begun = _portal.Clock.Now;
        var key = await sessions.StartAsync(kind, subject, [1, 2, 3], begun.AddMinutes(15), default);
        Assert.Equal([1, 2, 3], (await sessions.FindAsync(key, default))!.Ticket);

        // Used again and again it lives, up to its limit.
        while (_portal.Clock.Now < begun.AddHours(hours) - TimeSpan.FromMinutes(10))
        {
            _portal.Clock.Advance(TimeSpan.FromMinutes(10));
            Assert.NotNull(await sessions.FindAsync(key, default));
            await sessions.RenewAsync(key, [4], _portal.Clock.Now.AddMinutes(15), default);
        }
        _portal.Clock.Now = begun.AddHours(hours);
        Assert.Null(await sessions.FindAsync(key, default));

        // Left alone it ends at once.
        var idle = await sessions.StartAsync(kind, subject, [1], _portal.Clock.Now.AddMinutes(15), default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await sessions.FindAsync(idle, default));
        await sessions.SweepAsync(default);
        Assert.Equal(0, await _portal.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }

    [Fact]
    public async Task A_session_ends_everywhere_with_sign_out_and_with_a_dismissal()
    {
        var sessions = _portal.Get<Sessions>();
        var officer = await _portal.CreateOfficerAsync();
        var first = await sessions.StartAsync(
            ActorKind.Staff,
            officer.Id,
            [1],
            _portal.Clock.Now.AddMinutes(15),
            default
        );
        var second = await sessions.StartAsync(
            ActorKind.Staff,
            officer.Id,
            [2],
            _portal.Clock.Now.AddMinutes(15),
            default
        );
        Assert.NotEqual(first, second);

        await sessions.EndAsync(first, default);
        Assert.Null(await sessions.FindAsync(first, default));
        Assert.NotNull(await sessions.FindAsync(second, default));

        await _portal.ExecuteAsync("UPDATE staff SET is_active = false");
        Assert.Null(await sessions.FindAsync(second, default));
        Assert.Null(await _portal.Get<StaffProfiles>().ReadAsync(officer.Ref, default));
        Assert.Null(await sessions.FindAsync("0000", default));
        // The cookie's key is not in the database, only its hash.
        var stored = await _portal.ColumnAsync<byte[]>("SELECT id FROM sessions");
        Assert.DoesNotContain(Convert.FromHexString(second), stored);
    }
}
