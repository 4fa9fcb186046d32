using AdminPortal.Domain;
using AdminPortal.Web.Account;
using AdminPortal.Web.Driver.Application;
using AdminPortal.Web.Driver.Blacklist;
using AdminPortal.Web.Driver.Consent;
using AdminPortal.Web.Driver.Evidence;
using AdminPortal.Web.Driver.Exam;
using AdminPortal.Web.Driver.Face;
using AdminPortal.Web.Driver.Feedback;
using AdminPortal.Web.Driver.Home;
using AdminPortal.Web.Driver.IdPhoto;
using AdminPortal.Web.Driver.Messages;
using AdminPortal.Web.Driver.MyData;
using AdminPortal.Web.Driver.Notices;
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

        app.MapUploads(FaceEndpoints.AgainAsync).RequireAuthorization(SignIns.Driver).MapFace();
        app.MapUploads(IdPhotoEndpoints.AgainAsync).RequireAuthorization(SignIns.Driver).MapIdPhoto();
        app.MapUploads(EvidenceEndpoints.AgainAsync, Uploads.LargestLetter, "photo1", RefusalCode.FilesTooLarge)
            .RequireAuthorization(SignIns.Driver)
            .MapEvidence();
        app.MapUploads(FeedbackEndpoints.TooLargeAsync, Uploads.LargestLetter, "photo1")
            .RequireAuthorization(SignIns.Driver)
            .MapFeedback();

        app.MapUploads(
                BlacklistEndpoints.AgainAsync,
                BlacklistEndpoints.LargestRequest,
                BlacklistEndpoints.Photos,
                RefusalCode.FilesTooLarge
            )
            .RequireAuthorization(SignIns.Driver)
            .MapBlacklist();

        var pages = app.MapGroup("").WithDriverRules().RequireAuthorization(SignIns.Driver);
        pages.MapHome();
        pages.MapApplication();
        pages.MapStudy();
        pages.MapStudyVideos();
        pages.MapExam();
        pages.MapRound();
        pages.MapReview();
        pages.MapMessages();
        pages.MapMyData();
        pages.MapConsent();
        pages.MapNotices();
    }
}
