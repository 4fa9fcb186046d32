using AdminPortal.Data.Drivers;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver.Messages;

/// <summary>/driver/messages: everything the driver was told, newest first.</summary>
public static class MessagesEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder app) => app.MapGet("/driver/messages", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context,
        DriverPages drivers,
        Words words,
        CancellationToken ct
    ) => Pages.Of<MessagesPage>(new { Messages = await drivers.InboxAsync(context.DriverRef().Id, words.English, ct) });
}
