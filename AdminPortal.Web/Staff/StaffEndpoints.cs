using AdminPortal.Web.Staff.Exports;
using AdminPortal.Web.Staff.Questions;
using AdminPortal.Web.Staff.Reviews;
using AdminPortal.Web.Staff.Sections;
using AdminPortal.Web.Staff.Statistics;

namespace AdminPortal.Web.Staff;

/// <summary>What the officers' pages fetch outside their circuit.</summary>
public static class StaffEndpoints
{
    public static void MapStaffEndpoints(this IEndpointRouteBuilder app)
    {
        app.MapCasePhotos();
        app.MapLeads();
        app.MapReports();
        app.MapExports();
        app.MapQuestionFiles();
        app.MapQuestionPictures();
        app.MapStudyVideoFiles();
    }
}
