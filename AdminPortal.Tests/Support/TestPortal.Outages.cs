using AdminPortal.Data.Commands;
using AdminPortal.Data.Outages;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Outages;

namespace AdminPortal.Tests.Support;

// Outages of the service.
public sealed partial class TestPortal
{
    /// <summary>An outage that has just ended.</summary>
    public OutageForm OutageNow(
        ServicePart part,
        double hours = 2,
        string authority = "渝A",
        string? idNumber = null
    ) => new(part, Clock.Now.AddHours(-hours), Clock.Now, [authority], idNumber, "人脸比对服务器故障");

    /// <summary>Declared by a supervisor of its authorities; nobody has confirmed it.</summary>
    public async Task<Guid> DeclareOutageAsync(OutageForm form) =>
        await DoAsync(new DeclareOutage(form), (await CreateOfficerAsync(Role.Supervisor, form.Authorities)).Ref);

    /// <summary>Declared by one supervisor, confirmed by another one, and gone through by the job.</summary>
    public async Task<Guid> ConfirmOutageAsync(OutageForm form, bool apply = true)
    {
        var outage = await DeclareOutageAsync(form);
        var second = await CreateOfficerAsync(Role.Supervisor, form.Authorities);
        await DoAsync(new ConfirmOutage(outage), second.Ref);
        while (apply && await DoAsync(new ApplyOutages(), ActorRef.System) > 0)
        {
            // As the job does.
        }
        return outage;
    }
}
