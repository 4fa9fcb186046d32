using AdminPortal.Data.Casework;
using AdminPortal.Data.Leads;
using AdminPortal.Domain;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Leads;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// Fraud leads.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Leads =>
        [
            new(
                typeof(FindLeads),
                Product,
                async a =>
                {
                    a.Driver = await a.Portal.HastyDriverAsync();
                    a.Portal.Settle(LeadKind.AnswerTime);
                    return a.Act(new FindLeads(LeadKind.AnswerTime));
                }
            ),
            new(
                typeof(OpenLeadCases),
                Product,
                async a =>
                {
                    (a.Driver, a.CaseId) = await a.Portal.LeadAsync();
                    await a.Portal.WithoutCaseAsync(a.CaseId);
                    return a.Act(new OpenLeadCases());
                }
            ),
            new(
                typeof(DismissLead),
                Officers,
                async a => a.Act(new DismissLead(await ClaimedLeadAsync(a), await SeenAsync(a), "熟悉题库，确为本人。"))
            )
            {
                Misuse = async a => a.Act(new DismissLead(a.CaseId, await SeenAsync(a), " ")),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ProposeFromLead),
                Officers,
                async a =>
                    a.Act(
                        new ProposeFromLead(
                            await ClaimedLeadAsync(a),
                            await SeenAsync(a),
                            BlacklistGround.Proxy,
                            TestPortal.Facts
                        )
                    ) with
                    {
                        // In the trail of the entry and in that of the lead.
                        Entries = 2,
                    }
            )
            {
                Misuse = async a =>
                    a.Act(new ProposeFromLead(a.CaseId, await SeenAsync(a), BlacklistGround.Proxy, "太短")),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
        ];

    private static async Task<Guid> ClaimedLeadAsync(Arranger a)
    {
        (a.Driver, a.CaseId) = await a.Portal.LeadAsync();
        await a.Portal.DoAsync(new ClaimCase(a.CaseId), a.Actor);
        return a.CaseId;
    }

    private static async Task<int> SeenAsync(Arranger a) => (await a.Portal.CaseAsync(a.CaseId)).Version;
}
