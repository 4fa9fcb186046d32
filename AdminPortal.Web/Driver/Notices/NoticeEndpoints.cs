using AdminPortal.Data.Texts;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Notices;

/// <summary>/driver/data/notices: every version of a notice that the driver accepted, in its very words.</summary>
public static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app) => app.MapGet("/driver/data/notices", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, AcceptedNotices notices, CancellationToken ct) =>
        Pages.Of<NoticesPage>(new { Accepted = await notices.ReadAsync(context.DriverRef().Id, ct) });
}
