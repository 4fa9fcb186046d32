using System.Text.RegularExpressions;
using AdminPortal.Data.Accounts;
using AdminPortal.Data.Applications;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Calendar;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Exams;
using AdminPortal.Data.Exchange;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Feedback;
using AdminPortal.Data.IdPhotoChecks;
using AdminPortal.Data.Messages;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Points;
using AdminPortal.Data.Questions;
using AdminPortal.Data.Reviews;
using AdminPortal.Data.Rounds;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

/// <summary>
/// Every act of the product: who may, what comes before it, what a second time does, and one way to be refused. A command that
/// is missing here fails <see cref="CommandTests"/>.
/// </summary>
internal static partial class Catalogue
{
    private static readonly Principal[] Officers = [Principal.Reviewer, Principal.Supervisor];
    private static readonly Principal[] Editors = [Principal.QuestionEditor];
    private static readonly Principal[] Drivers = [Principal.Driver];
    private static readonly Principal[] Product = [Principal.System];
    private static readonly Principal[] Operators = [Principal.Operator];
    private static readonly Principal[] Nobody = [Principal.Anonymous];

    private static readonly Guid Unknown = Guid.Parse("00000000-0000-0000-0000-0000000000ff");
    private const string Password = "Nebel-im-Herbst-7412";

    public static IReadOnlyList<CataloguedCommand> All { get; } =
    [
        new(
            typeof(RequestSignInCode),
            Nobody,
            async a =>
            {
                var person = (await a.Portal.ImportDriverAsync()).Person;
                return a.Act(new RequestSignInCode(person.Name, person.IdNumber));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.TooManyMessages,
            Misuse = a => Task.FromResult(a.Act(new RequestSignInCode("某人", "990000196001010011"))),
            Misused = RefusalCode.IdNumberInvalid,
        },
        new(
            typeof(ConfirmSignInCode),
            Nobody,
            async a =>
            {
                var (request, code) = await RequestCodeAsync(a.Portal, await a.Portal.ImportDriverAsync());
                return a.Act(new ConfirmSignInCode(request, code));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.CodeExpired,
            Misuse = a => Task.FromResult(a.Act(new ConfirmSignInCode(Unknown, "000000"))),
            Misused = RefusalCode.CodeExpired,
        },
        new(
            typeof(SignInStaff),
            Nobody,
            async a =>
            {
                var staff = await a.Portal.CreateActivatedOfficerAsync();
                return a.Act(
                    new SignInStaff(staff.Officer.Badge, staff.Password, Totp.Code(staff.Secret, a.Portal.Clock.Now))
                );
            }
        )
        {
            // The code is used up, so the second time is a wrong try, and counts.
            Again = Again.AnotherAct,
            Misuse = async a =>
            {
                var locked = await a.Portal.CreateOfficerAsync();
                await a.Portal.ExecuteAsync(
                    "UPDATE staff SET lockout_end = $1 WHERE id = $2",
                    a.Portal.Clock.Now.AddMinutes(1),
                    locked.Id
                );
                return a.Act(new SignInStaff(locked.Badge, Password, "000000"));
            },
            Misused = RefusalCode.SignInFailed,
        },
        new(
            typeof(CreateStaff),
            Operators,
            a => Task.FromResult(a.Act(new CreateStaff("200001", [Role.Reviewer], "某警官", "支队", ["渝A"])))
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.BadgeTaken,
            Misuse = a =>
                Task.FromResult(
                    a.Act(new CreateStaff("200002", [Role.Reviewer, Role.Auditor], "某警官", "支队", ["渝A"]))
                ),
            Misused = RefusalCode.RolesExclusive,
        },
        new(
            typeof(BeginActivation),
            Nobody,
            async a =>
            {
                var officer = await a.Portal.CreateOfficerAsync();
                return a.Act(new BeginActivation(officer.Badge, officer.ActivationCode));
            }
        )
        {
            Again = Again.AnotherAct,
        },
        new(
            typeof(ActivateStaff),
            Nobody,
            async a =>
            {
                var (badge, activation, code) = await BegunActivationAsync(a.Portal);
                return a.Act(new ActivateStaff(badge, activation, Password, Password, code));
            }
        )
        {
            // The activation code is used up, so the second time is a wrong try.
            Again = Again.AnotherAct,
            Misuse = async a =>
            {
                var (badge, activation, code) = await BegunActivationAsync(a.Portal);
                return a.Act(new ActivateStaff(badge, activation, Password, Password + "x", code));
            },
            Misused = RefusalCode.PasswordsDiffer,
        },
        new(
            typeof(Apply),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.ImportDriverAsync();
                return a.ActOfDriver(TestPortal.Application(a.Driver));
            }
        )
        {
            Misuse = a =>
                Task.FromResult(a.ActOfDriver(TestPortal.Application(a.Driver) with { NoticeVersion = "2019-1" })),
            Misused = RefusalCode.NoticeOutdated,
        },
        new(
            typeof(GiveFaceConsent),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.ImportDriverAsync();
                return a.ActOfDriver(new GiveFaceConsent(FaceNotice.Newest.Version, true));
            }
        )
        {
            Misuse = a => Task.FromResult(a.ActOfDriver(new GiveFaceConsent(FaceNotice.Newest.Version, false))),
            Misused = RefusalCode.FaceConsentNotGiven,
        },
        new(
            typeof(WithdrawFaceConsent),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverWithPhotosOfEndedRoundAsync();
                return a.ActOfDriver(new WithdrawFaceConsent());
            }
        ),
        new(
            typeof(ErasePhotos),
            Product,
            async a =>
            {
                await a.Portal.DriverWithPhotosOfEndedRoundAsync();
                a.Portal.Clock.Advance(TimeSpan.FromDays(31));
                return a.Act(new ErasePhotos());
            }
        ),
        new(
            typeof(ShowMyIdentity),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.ImportDriverAsync();
                return a.ActOfDriver(new ShowMyIdentity());
            }
        )
        {
            Again = Again.AnotherAct,
        },
        new(
            typeof(ViewMyPhoto),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverInStudyAsync();
                return a.ActOfDriver(new ViewMyPhoto(await AnyPhotoAsync(a.Portal, a.Driver)));
            }
        )
        {
            Again = Again.AnotherAct,
            Misuse = async a =>
            {
                var other = await a.Portal.ImportDriverAsync();
                return a.ActOfDriver(new ViewMyPhoto(await AnyPhotoAsync(a.Portal, other)));
            },
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(ExportMyData),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverInStudyAsync();
                return a.ActOfDriver(new ExportMyData(ExportFormat.Json, false));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.ExportTooOften,
        },
        new(
            typeof(OpenInbox),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.ImportDriverAsync();
                await a.Portal.ApplyAsync(a.Driver);
                return a.ActOfDriver(new OpenInbox(false));
            }
        ),
        new(
            typeof(SearchAudit),
            [Principal.Auditor, Principal.Operator],
            a =>
                Task.FromResult(
                    a.Act(
                        new SearchAudit(
                            new AuditSearch(
                                "a",
                                "b",
                                "c",
                                Unknown,
                                9,
                                new DateOnly(2026, 1, 1),
                                new DateOnly(2026, 1, 2)
                            )
                        )
                    )
                )
        )
        {
            Again = Again.AnotherAct,
        },
        new(
            typeof(PublishCalendarYear),
            [Principal.Operator, Principal.SystemAdministrator],
            a => Task.FromResult(a.Act(new PublishCalendarYear(2027, "国办发明电〔2026〕1号", NewYear2027)))
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.CalendarYearKnown,
            Misuse = a => Task.FromResult(a.Act(new PublishCalendarYear(2027, "?", []))),
            Misused = RefusalCode.CalendarInvalid,
        },
        new(
            typeof(ClaimNextCase),
            Officers,
            async a =>
            {
                await a.Portal.SeedCasesAsync(1);
                return a.Act(new ClaimNextCase());
            }
        )
        {
            Misuse = async a =>
                ArrangedAct.Of(
                    a.Portal,
                    new ClaimNextCase(),
                    (await a.Portal.CreateOfficerAsync(authorities: ["渝B"])).Ref
                ),
            Misused = RefusalCode.QueueEmpty,
            Stranger = RefusalCode.QueueEmpty,
        },
        new(typeof(ClaimCase), Officers, async a => a.Act(new ClaimCase(await SeedCaseAsync(a))))
        {
            Misuse = async a =>
            {
                var (taken, officer) = ((await a.Portal.SeedCasesAsync(1))[0], await a.Portal.CreateOfficerAsync());
                await a.Portal.DoAsync(new ClaimCase(taken), officer.Ref);
                return a.Act(new ClaimCase(taken));
            },
            Misused = RefusalCode.CaseTaken,
            Stranger = RefusalCode.NotFound,
        },
        new(typeof(RenewClaim), Officers, async a => a.Act(new RenewClaim(await ClaimedCaseAsync(a))))
        {
            Again = Again.AnotherAct,
            Misuse = async a => a.Act(new RenewClaim((await a.Portal.SeedCasesAsync(1))[0])),
            Misused = RefusalCode.NotYourCase,
            Stranger = RefusalCode.NotFound,
        },
        new(typeof(ReleaseCase), Officers, async a => a.Act(new ReleaseCase(await ClaimedCaseAsync(a))))
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.NotYourCase,
            Misuse = a => Task.FromResult(a.Act(new ReleaseCase(Unknown))),
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(FreeCase),
            [Principal.Supervisor],
            async a =>
            {
                var (held, holder) = (await SeedCaseAsync(a), await a.Portal.CreateOfficerAsync());
                await a.Portal.DoAsync(new ClaimCase(held), holder.Ref);
                return a.Act(new FreeCase(held, "警官出差。"));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.NotYourCase,
            Misuse = async a => a.Act(new FreeCase((await a.Portal.SeedCasesAsync(1))[0], null)),
            Misused = RefusalCode.NotYourCase,
            Stranger = RefusalCode.NotFound,
        },
        new(typeof(AddNote), Officers, async a => a.Act(new AddNote(await ClaimedCaseAsync(a), "已电话联系。")))
        {
            Again = Again.AnotherAct,
            Misuse = a => Task.FromResult(a.Act(new AddNote(a.CaseId, " "))),
            Misused = RefusalCode.ReasonRequired,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(DecideReview),
            Officers,
            async a =>
            {
                await ClaimedCaseAsync(a);
                var seen = (await a.Portal.CaseAsync(a.CaseId)).Version;
                return a.Act(new DecideReview(a.CaseId, seen, true, "确为本人。"));
            }
        )
        {
            Misuse = async a =>
                a.Act(new DecideReview(a.CaseId, (await a.Portal.CaseAsync(a.CaseId)).Version - 1, true, "确为本人。")),
            Misused = RefusalCode.Stale,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(FileIdPhoto),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverWithFailedVerificationAsync();
                return a.ActOfDriver(new FileIdPhoto(Guid.NewGuid(), new byte[32], 1000, 480, 640));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.WrongState,
            Misuse = async a =>
            {
                a.Driver = await a.Portal.DriverInStudyAsync();
                return a.ActOfDriver(new FileIdPhoto(Guid.NewGuid(), new byte[32], 1000, 480, 640));
            },
            Misused = RefusalCode.IdPhotoNotOpen,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(DecideIdPhoto),
            Officers,
            async a =>
            {
                a.Driver = await a.Portal.DriverWithFailedVerificationAsync();
                a.CaseId = await a.Portal.FileIdPhotoAsync(a.Driver);
                await a.Portal.DoAsync(new ClaimCase(a.CaseId), a.Actor);
                var seen = (await a.Portal.CaseAsync(a.CaseId)).Version;
                return a.Act(new DecideIdPhoto(a.CaseId, seen, true, "与证件一致。"));
            }
        )
        {
            Misuse = async a =>
                a.Act(new DecideIdPhoto(a.CaseId, (await a.Portal.CaseAsync(a.CaseId)).Version - 1, true, "一致。")),
            Misused = RefusalCode.Stale,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(FileStudyReview),
            Drivers,
            async a =>
            {
                (a.Driver, a.CaseId) = await a.Portal.DriverWithLostStudyAsync();
                return a.ActOfDriver(new FileStudyReview(a.CaseId, TestPortal.Reason));
            }
        )
        {
            Misuse = a => Task.FromResult(a.ActOfDriver(new FileStudyReview(a.CaseId, "短"))),
            Misused = RefusalCode.ReasonRequired,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(WaiveReview),
            Drivers,
            async a =>
            {
                await InvalidResultAsync(a);
                return a.ActOfDriver(new WaiveReview(a.AttemptId));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.ReviewNotOpen,
            Misuse = a => Task.FromResult(a.ActOfDriver(new WaiveReview(Unknown))),
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(FileFeedback),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.ImportDriverAsync();
                return a.ActOfDriver(
                    new FileFeedback(
                        Guid.NewGuid(),
                        FeedbackKind.SystemFault,
                        TestPortal.FeedbackText,
                        [new(Guid.NewGuid(), PhotoFormat.Jpeg, new byte[32], 1000, 480, 640)]
                    )
                );
            }
        )
        {
            Misuse = a =>
                Task.FromResult(a.ActOfDriver(new FileFeedback(Guid.NewGuid(), FeedbackKind.SystemFault, "太短", []))),
            Misused = RefusalCode.FeedbackTextShort,
        },
        new(
            typeof(AnswerFeedback),
            Officers,
            async a =>
            {
                var id = a.CaseId = await a.Portal.FileFeedbackAsync(await a.Portal.ImportDriverAsync());
                await a.Portal.DoAsync(new ClaimCase(id), a.Actor);
                return a.Act(new AnswerFeedback(id, (await a.Portal.CaseAsync(id)).Version, true, "已修复。"));
            }
        )
        {
            Misuse = async a =>
                a.Act(new AnswerFeedback(a.CaseId, (await a.Portal.CaseAsync(a.CaseId)).Version, true, " ")),
            Misused = RefusalCode.ReasonRequired,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(LapseClaims),
            Product,
            async a =>
            {
                var (held, holder) = (await SeedCaseAsync(a), await a.Portal.CreateOfficerAsync());
                await a.Portal.DoAsync(new ClaimCase(held), holder.Ref);
                a.Portal.Clock.Advance(TimeSpan.FromMinutes(30));
                return a.Act(new LapseClaims());
            }
        ),
        new(typeof(ViewCase), Officers, async a => a.Act(new ViewCase(await SeedCaseAsync(a))))
        {
            Again = Again.AnotherAct,
            Misuse = a => Task.FromResult(a.Act(new ViewCase(Unknown))),
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(ViewCasePhoto),
            Officers,
            async a =>
            {
                await InvalidResultAsync(a);
                a.CaseId = await a.Portal.FileReviewAsync(a.Driver, a.AttemptId);
                return a.Act(new ViewCasePhoto(a.CaseId, await AnyPhotoAsync(a.Portal, a.Driver)));
            }
        )
        {
            Again = Again.AnotherAct,
            // A photo of somebody else, under a case that is this officer's.
            Misuse = async a =>
            {
                var other = await a.Portal.ImportDriverAsync();
                return a.Act(new ViewCasePhoto(a.CaseId, await AnyPhotoAsync(a.Portal, other)));
            },
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(OpenExam),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverBeforeExamAsync();
                return a.ActOfDriver(new OpenExam(true));
            }
        )
        {
            Misuse = a => Task.FromResult(a.ActOfDriver(new OpenExam(false))),
            Misused = RefusalCode.NoticeNotAccepted,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(AnswerQuestion),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverBeforeExamAsync();
                a.AttemptId = await a.Portal.StartExamAsync(a.Driver);
                var (_, ordinal, right) = await a.Portal.OpenQuestionAsync(a.AttemptId);
                return a.ActOfDriver(new AnswerQuestion(a.AttemptId, ordinal, right));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.AnswerTwice,
            Misuse = a => Task.FromResult(a.ActOfDriver(new AnswerQuestion(a.AttemptId, 1, [17]))),
            Misused = RefusalCode.AnswerInvalid,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(ImportChunk),
            Operators,
            a =>
            {
                var header = new HeaderRecord(HeaderRecord.KnownFormat, a.Portal.Clock.Now, "测试");
                var person = TestPeople.Number(9000);
                return Task.FromResult(
                    a.Act(
                        new ImportChunk(
                            header,
                            [
                                new ImportLine(2, TestPortal.Authorities[0], null),
                                new ImportLine(3, new PersonRecord(person.IdNumber, person.Name, person.Mobile), null),
                            ]
                        )
                    )
                );
            }
        ),
        new(
            typeof(OpenFaceChallenge),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.ImportDriverAsync();
                await a.Portal.ApplyAsync(a.Driver);
                return a.ActOfDriver(new OpenFaceChallenge());
            }
        )
        {
            Again = Again.AnotherAct,
            Misuse = async a =>
                ArrangedAct.Of(a.Portal, new OpenFaceChallenge(), (await a.Portal.ImportDriverAsync()).Ref),
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(TakeFacePhoto),
            Drivers,
            async a =>
                a.ActOfDriver(new TakeFacePhoto(await ChallengeAsync(a), Guid.NewGuid(), new byte[32], 1000, 480, 640))
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.ChallengeUsed,
            Misuse = a =>
                Task.FromResult(
                    a.ActOfDriver(new TakeFacePhoto(Unknown, Guid.NewGuid(), new byte[32], 1000, 480, 640))
                ),
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(RecordFaceOutcome),
            Drivers,
            async a =>
            {
                var photo = new TakeFacePhoto(await ChallengeAsync(a), Guid.NewGuid(), new byte[32], 1000, 480, 640);
                var attempt = await a.Portal.DoAsync(photo, a.Driver.Ref);
                return a.ActOfDriver(new RecordFaceOutcome(attempt.CheckId, FaceOutcome.Match, 0.9m));
            }
        )
        {
            Again = Again.Refused,
            AgainRefused = RefusalCode.Repeated,
        },
        new(
            typeof(TakeDelivery),
            Product,
            async a =>
            {
                await a.Portal.ApplyAsync(await a.Portal.ImportDriverAsync());
                return a.Act(new TakeDelivery());
            }
        )
        {
            // The message goes by two channels, so there is another one to take.
            Again = Again.AnotherAct,
        },
        new(
            typeof(SettleDelivery),
            Product,
            async a =>
            {
                await a.Portal.ApplyAsync(await a.Portal.ImportDriverAsync());
                var order = await a.Portal.DoAsync(new TakeDelivery(), ActorRef.System);
                return a.Act(new SettleDelivery(order!.Id, DeliveryState.Sent));
            }
        ),
        new(
            typeof(TakeReduction),
            Product,
            async a =>
            {
                await a.Portal.SeedReductionsAsync(1);
                return a.Act(new TakeReduction());
            }
        ),
        new(
            typeof(SettleReduction),
            Product,
            async a =>
            {
                var round = (await a.Portal.SeedReductionsAsync(1))[0];
                await a.Portal.DoAsync(new TakeReduction(), ActorRef.System);
                return a.Act(new SettleReduction(round, true, null));
            }
        ),
        new(
            typeof(SeedStarterBank),
            Operators,
            async a =>
            {
                await a.Portal.ExecuteAsync("ALTER TABLE question_versions DISABLE TRIGGER USER");
                // Put aside and not deleted: a paper of another arrangement may hold it.
                await a.Portal.ExecuteAsync(
                    "UPDATE question_versions SET question_id = 'away' WHERE question_id = $1",
                    StarterContent.Questions[0].Id
                );
                return a.Act(new SeedStarterBank());
            }
        ),
        new(
            typeof(FileReview),
            Drivers,
            async a =>
            {
                await InvalidResultAsync(a);
                return a.ActOfDriver(new FileReview(a.AttemptId, TestPortal.Reason));
            }
        )
        {
            Misuse = a => Task.FromResult(a.ActOfDriver(new FileReview(a.AttemptId, "短"))),
            Misused = RefusalCode.ReasonRequired,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(ExpireRounds),
            Product,
            async a =>
            {
                await a.Portal.DriverInStudyAsync();
                a.Portal.Clock.Advance(TimeSpan.FromDays(4));
                return a.Act(new ExpireRounds());
            }
        ),
        new(
            typeof(RemindOfDeadlines),
            Product,
            async a =>
            {
                await a.Portal.DriverInStudyAsync();
                a.Portal.Clock.Advance(TimeSpan.FromDays(3));
                return a.Act(new RemindOfDeadlines());
            }
        ),
        new(
            typeof(BeginStudy),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverInStudyAsync();
                return a.ActOfDriver(new BeginStudy(StarterContent.Sections[0].Id));
            }
        )
        {
            Again = Again.AnotherAct,
            Misuse = a => Task.FromResult(a.ActOfDriver(new BeginStudy("no-such-section"))),
            Misused = RefusalCode.NotFound,
            Stranger = RefusalCode.NotFound,
        },
        new(
            typeof(TakeBeat),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverInStudyAsync();
                var begun = await a.Portal.DoAsync(new BeginStudy(StarterContent.Sections[0].Id), a.Driver.Ref);
                a.Portal.Clock.Advance(TimeSpan.FromSeconds(15));
                return a.ActOfDriver(new TakeBeat(begun.Ticket));
            }
        )
        {
            Misuse = a => Task.FromResult(a.ActOfDriver(new TakeBeat(CommandScope.Ticket()))),
            Misused = RefusalCode.BeatReplayed,
            Stranger = RefusalCode.StudyTakenOver,
        },
        new(
            typeof(FileCompletion),
            Drivers,
            async a =>
            {
                a.Driver = await a.Portal.DriverInStudyAsync();
                await a.Portal.StudyAsync(a.Driver);
                return a.ActOfDriver(new FileCompletion());
            }
        )
        {
            Misuse = async a =>
            {
                var other = await a.Portal.DriverInStudyAsync();
                await a.Portal.StudyAsync(other, 2);
                return ArrangedAct.Of(a.Portal, new FileCompletion(), other.Ref);
            },
            Misused = RefusalCode.NotEnoughStudy,
            Stranger = RefusalCode.NotFound,
        },
        .. Blacklists,
        .. Casework,
        .. Attendances,
        .. Leads,
        .. Statistics,
        .. Questions,
        .. Pictures,
        .. Sections,
        .. Outages,
        .. Exports,
        .. Accounts,
        .. Texts,
        .. PasskeyActs,
        .. Jobs,
        .. Trails,
    ];

    /// <summary>The holidays of a year that is not published yet.</summary>
    public static IReadOnlyList<CalendarDay> NewYear2027 =>
        [new(new DateOnly(2027, 1, 1), "元旦", false), new(new DateOnly(2027, 1, 3), "元旦", true)];

    /// <summary>Asks for a sign-in code and reads it from the message, as the driver does.</summary>
    public static async Task<(Guid Request, string Code)> RequestCodeAsync(TestPortal portal, TestDriver driver)
    {
        var request = await portal.DoAsync(
            new RequestSignInCode(driver.Person.Name, driver.Person.IdNumber),
            ActorRef.Anonymous
        );
        await portal.Get<MessageDispatcher>().RunAsync(default);
        return (request, SixDigits().Match(portal.Messages.Sent[^1].Text).Value);
    }

    private static async Task<(string Badge, string Activation, string Code)> BegunActivationAsync(TestPortal portal)
    {
        var officer = await portal.CreateOfficerAsync();
        var enrolment = await portal.DoAsync(
            new BeginActivation(officer.Badge, officer.ActivationCode),
            ActorRef.Anonymous
        );
        var code = Totp.Code(TestPortal.FromBase32(enrolment!.Secret), portal.Clock.Now);
        return (officer.Badge, officer.ActivationCode, code);
    }

    private static async Task<Guid> SeedCaseAsync(Arranger a) => a.CaseId = (await a.Portal.SeedCasesAsync(1))[0];

    private static async Task<Guid> ClaimedCaseAsync(Arranger a)
    {
        await SeedCaseAsync(a);
        await a.Portal.DoAsync(new ClaimCase(a.CaseId), a.Actor);
        return a.CaseId;
    }

    private static async Task InvalidResultAsync(Arranger a) =>
        (a.Driver, a.AttemptId) = await a.Portal.DriverWithInvalidResultAsync();

    private static async Task<Guid> ChallengeAsync(Arranger a)
    {
        a.Driver = await a.Portal.ImportDriverAsync();
        await a.Portal.ApplyAsync(a.Driver);
        return (await a.Portal.DoAsync(new OpenFaceChallenge(), a.Driver.Ref)).ChallengeId;
    }

    private static Task<Guid> AnyPhotoAsync(TestPortal portal, TestDriver driver) =>
        portal.ScalarAsync<Guid>(
            "SELECT id FROM photos WHERE driver_id = $1 ORDER BY stored_at DESC LIMIT 1",
            driver.Id
        );

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
