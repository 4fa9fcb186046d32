using AdminPortal.Data.Demo;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Web.Driver.Face;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Hosting;
using AdminPortal.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminPortal.Web.Development;

/// <summary>
/// /dev: sign in as anybody with one click, read what was "sent", try face checks with drawn photos. Mapped in Development
/// only; a process that was started otherwise refuses to map it at all.
/// </summary>
public static class DevelopmentEndpoints
{
    /// <exception cref="InvalidOperationException">The environment is not Development.</exception>
    public static void MapDevelopmentPages(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            throw new InvalidOperationException("The development pages exist in Development only.");
        }
        var open = app.MapGroup("").OpenToAll();
        open.MapGet("/dev", ShowPeopleAsync);
        open.MapPost("/dev/sign-in", SignInAsync);
        open.MapGet("/dev/inbox", ShowInbox);
        app.MapGet("/dev/samples/{name}.jpg", ShowSample).AllowAnonymous();

        app.MapGroup("")
            .WithDriverRules()
            .RequireAuthorization(SignIns.Driver)
            .MapPost("/dev/face-sample", SubmitSampleAsync);
    }

    /// <summary>The query behind the page; registered nowhere, so that no other page can list people.</summary>
    internal static DemoPeople People(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<DemoPeople>(services);

    private static async Task<IResult> ShowPeopleAsync(IServiceProvider services, CancellationToken ct)
    {
        var people = People(services);
        return Pages.Of<PeoplePage>(
            new { Officers = await people.OfficersAsync(ct), Drivers = await people.DriversAsync(ct) }
        );
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        [FromForm] Guid id,
        [FromForm] string kind,
        CancellationToken ct
    )
    {
        var people = People(context.RequestServices);
        if (kind == SignIns.Staff && await people.IsOfficerAsync(id, ct))
        {
            await context.EnterAsync(SignIns.Staff, id);
            return Pages.Go("/staff");
        }
        if (kind == SignIns.Driver && await people.IsDriverAsync(id, ct))
        {
            await context.EnterAsync(SignIns.Driver, id);
            return Pages.Go("/driver");
        }
        return Pages.Go("/dev");
    }

    private static IResult ShowInbox(IServiceProvider services, string? recipient)
    {
        // With a real gateway configured there is no stand-in and nothing to read.
        var gateway = services.GetService<StandInMessageGateway>();
        var wanted = string.IsNullOrWhiteSpace(recipient) ? null : recipient.Trim();
        return Pages.Of<InboxPage>(
            new
            {
                Messages = gateway?.Read(wanted) ?? [],
                Recipient = wanted,
                HasStandIn = gateway is not null,
            }
        );
    }

    private static IResult ShowSample(string name) =>
        SamplePhotos.All.FirstOrDefault(p => p.Name == name) is { } photo
            ? Results.Bytes(photo.Bytes, "image/jpeg")
            : Results.NotFound();

    private static async Task<IResult> SubmitSampleAsync(
        HttpContext context,
        [FromForm] Guid challenge,
        [FromForm] string sample,
        CancellationToken ct
    ) =>
        SamplePhotos.All.FirstOrDefault(p => p.Name == sample) is { } photo
            ? await FaceEndpoints.CheckAsync(context, challenge, photo.Shot(), ct)
            : Pages.Go("/driver/face");
}
