using AdminPortal.Data.Attendances;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;

namespace AdminPortal.Tests.Data.Commands;

// On-site study and public service.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Attendances =>
        [
            new(
                typeof(LookUpAttendant),
                Officers,
                async a =>
                {
                    a.Driver = await a.Portal.ImportDriverAsync("渝A");
                    return a.Act(new LookUpAttendant(a.Driver.Person.IdNumber));
                }
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new LookUpAttendant("12345"))),
                Misused = RefusalCode.IdNumberInvalid,
            },
            new(
                typeof(RecordAttendance),
                Officers,
                async a =>
                {
                    a.Driver = await a.Portal.NationalDriverAsync();
                    return a.Act(new RecordAttendance(a.Driver.Id, a.Portal.AttendanceToday(AttendanceKind.OnSite)));
                }
            )
            {
                Again = Again.Refused,
                AgainRefused = RefusalCode.AttendanceExists,
                Misuse = a =>
                    Task.FromResult(
                        a.Act(
                            new RecordAttendance(
                                a.Driver.Id,
                                a.Portal.AttendanceToday(AttendanceKind.PublicService) with
                                {
                                    Minutes = 59,
                                }
                            )
                        )
                    ),
                Misused = RefusalCode.AttendanceTooShort,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ConfirmAttendance),
                Supervisors,
                async a => a.Act(new ConfirmAttendance(await RecordedAttendanceAsync(a)))
            )
            {
                Misuse = async a =>
                    a.Act(
                        new ConfirmAttendance(
                            await a.Portal.DoAsync(
                                new RecordAttendance(
                                    (await a.Portal.NationalDriverAsync()).Id,
                                    a.Portal.AttendanceToday(AttendanceKind.OnSite)
                                ),
                                a.Actor
                            )
                        )
                    ),
                Misused = RefusalCode.SecondPersonNeeded,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(DeclineAttendance),
                Supervisors,
                async a => a.Act(new DeclineAttendance(a.CaseId = await RecordedAttendanceAsync(a), "没有签到。"))
            )
            {
                Misuse = a => Task.FromResult(a.Act(new DeclineAttendance(a.CaseId, " "))),
                Misused = RefusalCode.FieldRequired,
                Stranger = RefusalCode.NotFound,
            },
            new(
                typeof(ViewAttendance),
                Officers,
                async a => a.Act(new ViewAttendance(await RecordedAttendanceAsync(a)))
            )
            {
                Again = Again.AnotherAct,
                Misuse = a => Task.FromResult(a.Act(new ViewAttendance(Unknown))),
                Misused = RefusalCode.NotFound,
                Stranger = RefusalCode.NotFound,
            },
        ];

    private static async Task<Guid> RecordedAttendanceAsync(Arranger a)
    {
        a.Driver = await a.Portal.NationalDriverAsync();
        var recorder = await a.Portal.CreateOfficerAsync(Role.Reviewer);
        return await a.Portal.DoAsync(
            new RecordAttendance(a.Driver.Id, a.Portal.AttendanceToday(AttendanceKind.OnSite)),
            recorder.Ref
        );
    }
}
