using AdminPortal.Data.Messages;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.MyData;

/// <summary>The inbox: what is new, when it was read, in which order.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Opening_the_inbox_marks_each_message_once_and_only_the_drivers_own()
    {
        var driver = await _portal.ImportDriverAsync();
        var other = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        await _portal.ApplyAsync(other);
        var inbox = _portal.Get<Inbox>();
        Assert.Equal(1, await inbox.UnreadAsync(driver.Id, default));
        var opened = _portal.Clock.Now;

        Assert.False(Assert.Single(await _portal.DoAsync(new OpenInbox(false), driver.Ref)).IsRead);

        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(Assert.Single(await _portal.DoAsync(new OpenInbox(true), driver.Ref)).IsRead);
        Assert.Equal(0, await inbox.UnreadAsync(driver.Id, default));
        Assert.Equal(1, await inbox.UnreadAsync(other.Id, default));
        Assert.Equal(
            opened.UtcDateTime,
            await _portal.ScalarAsync<DateTime>("SELECT read_at FROM messages WHERE driver_id = $1", driver.Id)
        );
    }

    [Fact]
    public async Task Messages_of_one_act_keep_the_order_they_were_written_in()
    {
        // The cycle ends within 30 days: the approval is followed by a reminder, in the same instant.
        var driver = await _portal.ImportDriverAsync(licensedOn: new DateOnly(2020, 3, 25));
        await _portal.ApplyAsync(driver);
        Assert.Equal(
            [("ApplicationApproved", 0), ("ResetReminder", 1)],
            (await _portal.ColumnAsync<string>("SELECT template FROM messages ORDER BY ordinal")).Zip(
                await _portal.ColumnAsync<int>("SELECT ordinal FROM messages ORDER BY ordinal")
            )
        );
        for (var i = 0; i < 3; i++)
        {
            var shown = await _portal.DoAsync(new OpenInbox(true), driver.Ref);
            var ids = await _portal.ColumnAsync<Guid>("SELECT id FROM messages ORDER BY ordinal DESC");
            Assert.Equal(ids, shown.Select(m => m.Id));
        }
    }

    [Fact]
    public async Task Beyond_a_page_nothing_is_counted_as_new_for_ever()
    {
        var driver = await _portal.ImportDriverAsync();
        await _portal.ApplyAsync(driver);
        await _portal.ExecuteAsync(
            "INSERT INTO messages (id, driver_id, template, facts, written_at, ordinal) SELECT gen_random_uuid(), driver_id, template, facts, written_at - n * interval '1 minute', 0 FROM messages, generate_series(1, 150) n"
        );
        Assert.Equal(100, (await _portal.DoAsync(new OpenInbox(false), driver.Ref)).Count);
        Assert.Equal(0, await _portal.Get<Inbox>().UnreadAsync(driver.Id, default));
    }
}
