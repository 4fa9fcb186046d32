using AdminPortal.Domain.Access;

namespace AdminPortal.Web.Staff.Parts;

/// <summary>A place of work in the navigation.</summary>
public sealed record StaffDesk(string Path, string TextKey, Permission Permission);

/// <summary>The desks there are, in the order of the navigation.</summary>
public static class Desks
{
    private static readonly StaffDesk[] All =
    [
        new("/staff/reviews", "Nav_Reviews", Permission.ViewReviews),
        new("/staff/blacklist", "Nav_Blacklist", Permission.ProposeBlacklisting),
        new("/staff/attendances", "Nav_Attendances", Permission.RecordAttendances),
        new("/staff/team", "Nav_Team", Permission.AssignReviews),
        new("/staff/templates", "Nav_Templates", Permission.EditTemplates),
        new("/staff/statistics", "Nav_Statistics", Permission.ViewStatistics),
        new("/staff/exports", "Nav_Exports", Permission.ExportLists),
        new("/staff/questions", "Nav_Questions", Permission.EditQuestions),
        new("/staff/study", "Nav_Study", Permission.EditStudyContent),
        new("/staff/outages", "Nav_Outages", Permission.DeclareOutages),
        new("/staff/accounts", "Nav_Accounts", Permission.ViewAccounts),
        new("/staff/calendar", "Nav_Calendar", Permission.PublishCalendar),
        new("/staff/texts", "Nav_Texts", Permission.ManageTexts),
        new("/staff/authorities", "Nav_Authorities", Permission.ManageAuthorities),
        new("/staff/sessions", "Nav_Sessions", Permission.ManageAccess),
        new("/staff/jobs", "Nav_Jobs", Permission.ManageJobs),
        new("/staff/audit", "Nav_Audit", Permission.ViewAudit),
        // Last: everybody's, and nobody's work begins there.
        new("/staff/schemes", "Nav_Schemes", Permission.ViewSchemes),
    ];

    public static IEnumerable<StaffDesk> For(Actor actor) => All.Where(desk => actor.May(desk.Permission));
}
