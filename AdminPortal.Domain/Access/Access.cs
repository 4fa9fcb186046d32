namespace AdminPortal.Domain.Access;

/// <summary>The roles a member of staff may hold. A role exists here once it has a desk; the auditor excludes every other.</summary>
public enum Role
{
    /// <summary>复核民警: works review requests of the authorities of their unit.</summary>
    Reviewer,

    /// <summary>值班领导: works reviews and may free a case that another officer holds.</summary>
    Supervisor,

    /// <summary>审计员: reads the audit trail and nothing else.</summary>
    Auditor,

    /// <summary>题库编辑: writes and reviews the questions of the exam; sees no driver.</summary>
    QuestionEditor,

    /// <summary>系统管理员: opens and closes accounts, keeps the working calendar and the jobs; sees no driver.</summary>
    SystemAdministrator,

    /// <summary>安全管理员: grants roles, ends sessions, unlocks; sees no driver.</summary>
    SecurityAdministrator,
}

/// <summary>What a role belongs to. Nobody holds roles of two realms: the three administrators are three people, and none of them works cases.</summary>
public enum Realm
{
    Work,
    Audit,
    System,
    Security,
}

/// <summary>What an act needs. Every command names exactly one.</summary>
public enum Permission
{
    ViewReviews,
    ClaimReviews,
    DecideReviews,

    /// <summary>Free a case that another officer holds.</summary>
    FreeReviews,

    /// <summary>Give a case to an officer by name, whoever holds it, and see how the team's work lies.</summary>
    AssignReviews,

    /// <summary>Work a case that an officer put before the supervisors.</summary>
    WorkEscalated,

    /// <summary>Word the ready-made reasons of decisions.</summary>
    EditTemplates,

    /// <summary>Look up a driver and propose a blacklist entry; read the entries.</summary>
    ProposeBlacklisting,

    /// <summary>Confirm, as the second person, that a driver is put on the blacklist or taken off it.</summary>
    ConfirmBlacklisting,

    /// <summary>Look up a driver and record on-site study or public service; read the records.</summary>
    RecordAttendances,

    /// <summary>Confirm, as the second person, a recorded attendance.</summary>
    ConfirmAttendances,

    /// <summary>Read the figures of one's own authorities.</summary>
    ViewStatistics,

    /// <summary>Take the monthly report out of the portal as a workbook; needs a reason.</summary>
    ExportReports,

    /// <summary>Take a list that one may see out of the portal, with a reason; persons in it are masked.</summary>
    ExportLists,

    /// <summary>Ask for a short list with names and numbers in full.</summary>
    ExportPersonalData,

    /// <summary>Agree, as the second person, that a list goes out with names and numbers in full.</summary>
    ApproveExports,

    /// <summary>Read the question bank, write drafts, import and export questions, take one out of use.</summary>
    EditQuestions,

    /// <summary>Publish, as the second person, a draft of another editor, or return it.</summary>
    ReviewQuestions,

    /// <summary>Read the study content, write drafts of sections, upload videos, take a section out of use.</summary>
    EditStudyContent,

    /// <summary>Publish, as the second person, a draft of a section of another editor, or return it.</summary>
    ReviewStudyContent,

    /// <summary>Propose that papers are marked again by a corrected question; see what would follow, without names.</summary>
    ProposeRemarks,

    /// <summary>Confirm, as the second person, a re-marking.</summary>
    ConfirmRemarks,

    /// <summary>Declare an outage with its preview; read the outages and what was given back for them.</summary>
    DeclareOutages,

    /// <summary>Confirm, as the second person, an outage: what it took is given back.</summary>
    ConfirmOutages,
    ViewAudit,
    PublishCalendar,

    /// <summary>Word the notices and messages: one writes a version, another one publishes it.</summary>
    ManageTexts,

    /// <summary>Add authorities, name them, and put them under a scheme: one proposes, another one confirms.</summary>
    ManageAuthorities,
    CreateStaff,
    ImportData,

    /// <summary>Read the accounts of staff: who they are, what they may, whether they can sign in.</summary>
    ViewAccounts,

    /// <summary>Open an account, change its unit and authorities, close it, start its access anew.</summary>
    ManageAccounts,

    /// <summary>Grant and revoke roles.</summary>
    GrantRoles,

    /// <summary>Unlock an account, have its second factor enrolled anew, end sessions of others.</summary>
    ManageAccess,

    /// <summary>See the jobs and the outbox; have something tried again, or give it up.</summary>
    ManageJobs,

    /// <summary>See to one's own account: sessions.</summary>
    OwnAccount,

    /// <summary>Read the schemes and who works under which; they are public rules.</summary>
    ViewSchemes,

    /// <summary>A driver acting for themselves.</summary>
    ActAsDriver,

    /// <summary>Signing in, before anybody is known.</summary>
    SignIn,

    /// <summary>A job of the product itself.</summary>
    RunJobs,
}

/// <summary>Who acts: a member of staff, a driver, an operator at the command line, the product itself, or nobody yet.</summary>
public enum ActorKind
{
    Staff,
    Driver,
    Operator,
    System,
    Anonymous,
}

/// <summary>
/// The acting person as the server knows them now. Built by the runner from stored state for every act, never from a page.
/// </summary>
/// <param name="Kind">Which kind of actor.</param>
/// <param name="Id">Staff or driver id; empty for the others.</param>
/// <param name="Name">Badge number, or the kind's own word; never a driver's name.</param>
/// <param name="Roles">Roles held, staff only.</param>
/// <param name="Authorities">Issuing authorities the officer's unit answers for; staff only.</param>
/// <param name="PersonKey">Search key of the person's own identity number, for recusal; staff only.</param>
public sealed record Actor(
    ActorKind Kind,
    Guid Id,
    string Name,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Authorities,
    byte[]? PersonKey
)
{
    public static Actor System { get; } = new(ActorKind.System, Guid.Empty, "system", [], [], null);

    public static Actor Operator { get; } = new(ActorKind.Operator, Guid.Empty, "operator", [], [], null);

    public static Actor Anonymous { get; } = new(ActorKind.Anonymous, Guid.Empty, "anonymous", [], [], null);

    public static Actor Driver(Guid id) => new(ActorKind.Driver, id, "driver", [], [], null);

    public bool May(Permission permission) => Permissions.Allows(this, permission);

    /// <summary>True when the actor is the person of a search key: two accounts of one person are one person.</summary>
    public bool IsPerson(byte[]? personKey) =>
        PersonKey is not null && personKey is not null && PersonKey.AsSpan().SequenceEqual(personKey);
}

/// <summary>The one table of who may do what.</summary>
public static class Permissions
{
    private static readonly Dictionary<Role, Permission[]> ByRole = new()
    {
        [Role.Reviewer] =
        [
            Permission.ViewReviews,
            Permission.ClaimReviews,
            Permission.DecideReviews,
            Permission.ProposeBlacklisting,
            Permission.RecordAttendances,
            Permission.ViewStatistics,
        ],
        [Role.Supervisor] =
        [
            Permission.ViewReviews,
            Permission.ClaimReviews,
            Permission.DecideReviews,
            Permission.FreeReviews,
            Permission.AssignReviews,
            Permission.WorkEscalated,
            Permission.EditTemplates,
            Permission.ProposeBlacklisting,
            Permission.ConfirmBlacklisting,
            Permission.RecordAttendances,
            Permission.ConfirmAttendances,
            Permission.ViewStatistics,
            Permission.ExportReports,
            Permission.ExportLists,
            Permission.ExportPersonalData,
            Permission.ApproveExports,
            Permission.DeclareOutages,
            Permission.ConfirmOutages,
        ],
        [Role.Auditor] = [Permission.ViewAudit, Permission.ExportLists],
        [Role.QuestionEditor] =
        [
            Permission.EditQuestions,
            Permission.ReviewQuestions,
            Permission.EditStudyContent,
            Permission.ReviewStudyContent,
            Permission.ProposeRemarks,
            Permission.ConfirmRemarks,
        ],
        [Role.SystemAdministrator] =
        [
            Permission.PublishCalendar,
            Permission.ManageTexts,
            Permission.ManageAuthorities,
            Permission.ViewAccounts,
            Permission.ManageAccounts,
            Permission.ManageJobs,
        ],
        [Role.SecurityAdministrator] = [Permission.ViewAccounts, Permission.GrantRoles, Permission.ManageAccess],
    };

    private static readonly Dictionary<ActorKind, Permission[]> ByKind = new()
    {
        [ActorKind.Staff] = [Permission.OwnAccount, Permission.ViewSchemes],
        [ActorKind.Driver] = [Permission.ActAsDriver],
        [ActorKind.Operator] =
        [
            Permission.CreateStaff,
            Permission.ImportData,
            Permission.PublishCalendar,
            Permission.ViewAudit,
        ],
        [ActorKind.System] = [Permission.RunJobs],
        [ActorKind.Anonymous] = [Permission.SignIn],
    };

    public static bool Allows(Actor actor, Permission permission) =>
        ByKind[actor.Kind].Contains(permission) || actor.Roles.Any(role => Allows(role, permission));

    public static bool Allows(Role role, Permission permission) => ByRole[role].Contains(permission);

    /// <summary>What a role belongs to; held by <c>ck_staff_roles_realm</c> too.</summary>
    public static Realm RealmOf(Role role) =>
        role switch
        {
            Role.Reviewer => Realm.Work,
            Role.Supervisor => Realm.Work,
            Role.QuestionEditor => Realm.Work,
            Role.Auditor => Realm.Audit,
            Role.SystemAdministrator => Realm.System,
            Role.SecurityAdministrator => Realm.Security,
        };

    /// <summary>
    /// Who reads the trail may not leave traces in the cases, who opens accounts may not give them rights, and the other way
    /// round: the auditor and the two administrators hold no other role (三员分立).
    /// </summary>
    public static bool MayBeHeldTogether(IReadOnlyCollection<Role> roles) =>
        roles.Select(RealmOf).Distinct().Count() <= 1;

    /// <summary>Whether a grant takes two persons (D-ROLE-GRANT): what confirms for others, and every administrator.</summary>
    public static bool NeedsSecondPerson(Role role) =>
        role switch
        {
            Role.Reviewer => false,
            Role.Supervisor => true,
            Role.QuestionEditor => true,
            Role.Auditor => true,
            Role.SystemAdministrator => true,
            Role.SecurityAdministrator => true,
        };
}
