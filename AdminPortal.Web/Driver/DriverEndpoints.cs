using AdminPortal.Web.Account;
using AdminPortal.Web.Driver.Application;
using AdminPortal.Web.Driver.Consent;
using AdminPortal.Web.Driver.Exam;
using AdminPortal.Web.Driver.Face;
using AdminPortal.Web.Driver.Home;
using AdminPortal.Web.Driver.Messages;
using AdminPortal.Web.Driver.MyData;
using AdminPortal.Web.Driver.Parts;
using AdminPortal.Web.Driver.Review;
using AdminPortal.Web.Driver.Round;
using AdminPortal.Web.Driver.Study;
using AdminPortal.Web.Shared;

namespace AdminPortal.Web.Driver;

/// <summary>Every address of the drivers' side.</summary>
public static class DriverEndpoints
{
    public static void MapDriverPages(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").OpenToAll();
        open.MapDriverSignIn();
        open.MapDriverLanguage();

        // The size of an upload is judged before the antiforgery check would read it, so it stands outside the other filters.
        app.MapGroup("")
            .AddEndpointFilter(FaceEndpoints.RefuseOversized)
            .WithDriverRules()
            .RequireAuthorization(SignIns.Driver)
            .MapFace();

        var pages = app.MapGroup("").WithDriverRules().RequireAuthorization(SignIns.Driver);
        pages.MapHome();
        pages.MapApplication();
        pages.MapStudy();
        pages.MapExam();
        pages.MapRound();
        pages.MapReview();
        pages.MapMessages();
        pages.MapMyData();
        pages.MapConsent();
    }
}
