using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Leads;

namespace AdminPortal.Tests.Domain.Leads;

/// <summary>A lead is closed once, by somebody else than its driver, with a reason.</summary>
public sealed class LeadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 4, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Driver = [1, 2, 3];

    [Theory]
    [InlineData(Role.Reviewer, null)]
    [InlineData(Role.Supervisor, null)]
    [InlineData(Role.Auditor, RefusalCode.NotPermitted)]
    [InlineData(Role.QuestionEditor, RefusalCode.NotPermitted)]
    [InlineData(Role.SystemAdministrator, RefusalCode.NotPermitted)]
    [InlineData(Role.SecurityAdministrator, RefusalCode.NotPermitted)]
    public void Reviewers_and_supervisors_close_leads(Role role, RefusalCode? refused) =>
        Assert.Equal(refused, Found().Check(Driver, Officer(role))?.Code);

    [Fact]
    public void Nobody_closes_a_lead_about_themselves() =>
        Assert.Equal(RefusalCode.OwnCase, Found().Check(Driver, Officer(key: Driver))?.Code);

    [Fact]
    public void Dismissing_takes_a_reason_and_is_final()
    {
        var lead = Found();
        Assert.Equal(RefusalCode.ReasonRequired, Refused(lead.Dismiss(" ", Driver, Officer(), Noon)));
        Assert.Equal(
            RefusalCode.FieldTooLong,
            Refused(lead.Dismiss(new string('字', Lead.TextLimit + 1), Driver, Officer(), Noon))
        );
        Assert.Equal(LeadState.Open, lead.State);

        var officer = Officer();
        Assert.IsType<Outcome<Unit>.Done>(lead.Dismiss(" 家人共用。 ", Driver, officer, Noon));
        Assert.Equal((LeadState.Dismissed, "家人共用。", officer.Id), (lead.State, lead.Reason, lead.ClosedById));
        Assert.Equal(RefusalCode.CaseDecided, Refused(lead.Propose(Guid.NewGuid(), Driver, Officer(), Noon)));
        Assert.Equal(RefusalCode.CaseDecided, Refused(lead.Dismiss("再来。", Driver, Officer(), Noon)));
    }

    [Fact]
    public void A_proposal_closes_it_and_names_the_entry()
    {
        var (lead, entry) = (Found(), Guid.NewGuid());
        Assert.IsType<Outcome<Unit>.Done>(lead.Propose(entry, Driver, Officer(), Noon));
        Assert.Equal((LeadState.LedToProposal, entry, 2), (lead.State, lead.EntryId, lead.Version));
        Assert.Equal(RefusalCode.CaseDecided, Refused(lead.Dismiss("算了。", Driver, Officer(), Noon)));
    }

    private static Lead Found() =>
        Lead.Find(
            Guid.NewGuid(),
            LeadKind.AnswerTime,
            Guid.NewGuid(),
            Guid.NewGuid(),
            "渝A",
            Guid.NewGuid(),
            new LeadEvidence([new LeadFigure(LeadMeasure.QuickAnswers, 12, 10)], []),
            Noon
        );

    private static Actor Officer(Role role = Role.Reviewer, byte[]? key = null) =>
        new(ActorKind.Staff, Guid.NewGuid(), "100001", [role], ["渝A"], key);

    private static RefusalCode Refused(Outcome<Unit> outcome) => ((Outcome<Unit>.Refused)outcome).Refusal.Code;
}
