using AdminPortal.Data.Accounts;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Leads;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Tests.Support;

// What officers are to look at, made by what drivers do.
public sealed partial class TestPortal
{
    /// <summary>Passed up to the closing check, every answer within a few hundred milliseconds.</summary>
    public async Task<TestDriver> HastyDriverAsync(string authority = "渝A")
    {
        var driver = await DriverBeforeExamAsync(authority);
        var attempt = await StartExamAsync(driver);
        for (; ; )
        {
            var (state, ordinal, right) = await OpenQuestionAsync(attempt);
            switch (state)
            {
                case ExamState.Paused:
                    await FaceAsync(driver);
                    continue;
                case ExamState.Running:
                    Clock.Advance(TimeSpan.FromMilliseconds(300));
                    await DoAsync(new AnswerQuestion(attempt, ordinal, right), driver.Ref);
                    continue;
                default:
                    return driver;
            }
        }
    }

    /// <summary>Opens the study again and again, every ten seconds.</summary>
    public async Task<TestDriver> RestlessDriverAsync(int openings, string authority = "渝A")
    {
        var driver = await DriverInStudyAsync(authority);
        for (var i = 0; i < openings; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await DoAsync(new BeginStudy(StarterContent.Sections[0].Id), driver.Ref);
        }
        return driver;
    }

    /// <summary>Signs a driver in on a device.</summary>
    public Task SignInOnAsync(TestDriver driver, byte device) =>
        Get<Sessions>()
            .StartAsync(
                ActorKind.Driver,
                driver.Id,
                [1],
                Clock.Now.AddMinutes(30),
                default,
                new SessionOrigin(Guid.NewGuid(), null, null, [.. Enumerable.Repeat(device, 32)])
            );

    /// <summary>Lets enough time pass that what happened is looked at.</summary>
    public void Settle(LeadKind kind) =>
        Clock.Advance(
            kind == LeadKind.Heartbeat ? Sessions.Longest(ActorKind.Driver) + FindLeads.Settled : FindLeads.Settled
        );

    /// <summary>Searches until nothing is new.</summary>
    /// <returns>How many things were looked at.</returns>
    public async Task<int> FindLeadsAsync(LeadKind kind)
    {
        for (var looked = 0; ; )
        {
            var now = await DoAsync(new FindLeads(kind), ActorRef.System);
            if (now == 0)
            {
                return looked;
            }
            looked += now;
        }
    }

    /// <summary>As in a database that is older than leads are cases.</summary>
    public Task WithoutCaseAsync(Guid lead) =>
        ExecuteAsync(
            $"""
            UPDATE leads SET case_id = NULL WHERE id = '{lead}';
            ALTER TABLE case_steps DISABLE TRIGGER ALL;
            DELETE FROM case_steps WHERE case_id = '{lead}';
            ALTER TABLE case_steps ENABLE TRIGGER ALL;
            DELETE FROM cases WHERE id = '{lead}';
            """
        );

    /// <summary>Claims a lead and dismisses it, on the version that is shown.</summary>
    public async Task DismissAsync(TestOfficer officer, Guid lead, string why = "熟悉题库，经核实为本人。")
    {
        await DoAsync(new ClaimCase(lead), officer.Ref);
        await DoAsync(new DismissLead(lead, (await CaseAsync(lead)).Version, why), officer.Ref);
    }

    /// <summary>Claims a lead and proposes an entry out of it.</summary>
    /// <returns>The entry.</returns>
    public async Task<Guid> ProposeFromAsync(TestOfficer officer, Guid lead, BlacklistGround ground)
    {
        await DoAsync(new ClaimCase(lead), officer.Ref);
        await DoAsync(new ProposeFromLead(lead, (await CaseAsync(lead)).Version, ground, Facts), officer.Ref);
        return await ScalarAsync<Guid>("SELECT entry_id FROM leads WHERE id = $1", lead);
    }

    /// <summary>The leads about a driver, oldest first. A lead and its case have one id.</summary>
    public Task<IReadOnlyList<Guid>> LeadsAboutAsync(TestDriver driver) =>
        ColumnAsync<Guid>("SELECT id FROM leads WHERE driver_id = $1 ORDER BY found_at, id", driver.Id);

    /// <summary>A lead about answers that nobody can have read.</summary>
    public async Task<(TestDriver Driver, Guid Lead)> LeadAsync(string authority = "渝A")
    {
        var driver = await HastyDriverAsync(authority);
        Settle(LeadKind.AnswerTime);
        await FindLeadsAsync(LeadKind.AnswerTime);
        return (driver, Assert.Single(await LeadsAboutAsync(driver)));
    }

    /// <summary>A lead about a photo that two drivers used: the lead of the first.</summary>
    public async Task<(TestDriver Driver, Guid Lead)> PhotoLeadAsync(string authority = "渝A")
    {
        var (driver, other) = (await ImportDriverAsync(authority), await ImportDriverAsync(authority));
        foreach (var person in new[] { driver, other })
        {
            await ApplyAsync(person);
            await FaceAsync(person, $"{driver.Person.Face}-live");
            Clock.Advance(TimeSpan.FromSeconds(30));
        }
        Settle(LeadKind.RepeatedPhoto);
        await FindLeadsAsync(LeadKind.RepeatedPhoto);
        return (driver, Assert.Single(await LeadsAboutAsync(driver)));
    }
}
