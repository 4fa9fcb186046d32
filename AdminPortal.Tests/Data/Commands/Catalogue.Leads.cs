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
            new(typeof(ViewLead), Officers, async a => a.Act(new ViewLead(await LeadAsync(a))))
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ViewLead(Unknown))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ViewLeadPhoto),
                Officers,
                async a =>
                {
                    (a.Driver, a.CaseId) = await a.Portal.PhotoLeadAsync();
                    return a.Act(new ViewLeadPhoto(a.CaseId, await AnyPhotoAsync(a.Portal, a.Driver)));
                }
            )
            {
                Again = Again.AnotherAct,
                // A photo of somebody else, under a lead that is this officer's.
                Misuse = async a =>
                {
                    var other = await a.Portal.ImportDriverAsync();
                    return a.Act(new ViewLeadPhoto(a.CaseId, await AnyPhotoAsync(a.Portal, other)));
                },
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DismissLead),
                Officers,
                async a => a.Act(new DismissLead(a.CaseId = await LeadAsync(a), "熟悉题库，经核实为本人。"))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new DismissLead(a.CaseId, " "))),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ProposeFromLead),
                Officers,
                async a =>
                    a.Act(new ProposeFromLead(a.CaseId = await LeadAsync(a), BlacklistGround.Proxy, TestPortal.Facts))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new ProposeFromLead(a.CaseId, BlacklistGround.Proxy, "太短"))),
                Misused = RefusalCode.ReasonRequired,
                Stranger = RefusalCode.NotFound,
            },
        ];

    private static async Task<Guid> LeadAsync(Arranger a)
    {
        (a.Driver, var lead) = await a.Portal.LeadAsync();
        return lead;
    }
}
