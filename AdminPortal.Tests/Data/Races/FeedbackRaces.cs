using AdminPortal.Data.Feedback;
using AdminPortal.Data.Photos;
using AdminPortal.Domain;
using AdminPortal.Domain.Feedback;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Races;

/// <summary>Drivers who press the button again and again.</summary>
public sealed class FeedbackRaces : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async Task InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "S0-21")]
    public async Task The_same_form_sent_by_thirty_at_once_is_one_ticket_with_its_photo()
    {
        var (driver, key) = (await _portal.ImportDriverAsync(), Guid.NewGuid());
        var files = _portal.Get<PhotoFiles>().All().Count();

        var outcomes = await Race.RunAsync(30, _ => _portal.TryFeedbackAsync(driver, key, photos: 1));

        var filed = outcomes.Select(o => Assert.IsType<Outcome<FiledFeedback>.Done>(o).Value).ToList();
        Assert.Single(filed.Select(f => f.CaseId).Distinct());
        Assert.Single(filed, f => f.IsNew);
        Assert.Equal(1, await _portal.ScalarAsync<long>("SELECT count(*) FROM cases"));
        Assert.Equal(["FeedbackReceived"], await _portal.MessagesToAsync(driver));
        Assert.Equal(files + 1, _portal.Get<PhotoFiles>().All().Count());
        await _portal.AssertAuditIsWholeAsync();

        // The control: look for the form, then write its ticket.
        const string look = "SELECT count(*) FROM feedback_tickets WHERE form_key = $1";
        const string write = """
            WITH c AS (
              INSERT INTO cases SELECT (jsonb_populate_record(x, jsonb_build_object('id', i, 'subject_id', i))).*
              FROM (SELECT x, gen_random_uuid() AS i FROM cases AS x LIMIT 1) AS y RETURNING id
            )
            INSERT INTO feedback_tickets (case_id, driver_id, form_key, ticket_number, kind, text, filed_at)
            SELECT c.id, f.driver_id, $1, left(c.id::text, 20), f.kind, f.text, f.filed_at FROM c, feedback_tickets AS f
            WHERE f.open_slot IS NOT NULL
            """;
        var other = Guid.NewGuid();
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            NaiveControl.LookThenWriteAsync(_portal, 10, look, write, other)
        );
        Assert.Equal("ux_feedback_tickets_form_key", refused.ConstraintName);
        await _portal.ExecuteAsync("DROP INDEX ux_feedback_tickets_form_key");
        Assert.True(await NaiveControl.LookThenWriteAsync(_portal, 10, look, write, Guid.NewGuid()) > 1);
    }

    [Fact]
    [Trait("Rule", "D-FEEDBACK-OPEN")]
    public async Task Of_twenty_forms_sent_at_once_five_are_taken()
    {
        var driver = await _portal.ImportDriverAsync();

        var outcomes = await Race.RunAsync(20, _ => _portal.TryFeedbackAsync(driver, Guid.NewGuid()));

        Assert.Equal(FeedbackTicket.MostOpen, outcomes.Count(o => o is Outcome<FiledFeedback>.Done));
        Assert.All(
            outcomes.OfType<Outcome<FiledFeedback>.Refused>(),
            o => Assert.Equal(RefusalCode.FeedbackOpenTooMany, o.Refusal.Code)
        );
        Assert.Equal(
            [1, 2, 3, 4, 5],
            await _portal.ColumnAsync<int>("SELECT open_slot FROM feedback_tickets ORDER BY open_slot")
        );
    }
}
