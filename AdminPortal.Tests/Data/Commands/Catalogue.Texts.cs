using AdminPortal.Data.Schemes;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Time;
using AdminPortal.Tests.Support;

namespace AdminPortal.Tests.Data.Commands;

// Texts and authorities.
internal static partial class Catalogue
{
    private static CataloguedCommand[] Texts =>
        [
            new(
                typeof(DraftText),
                SystemAdministrators,
                async a =>
                {
                    var name = await a.Portal.FreeTextAsync();
                    return a.Act(new DraftText(Guid.NewGuid(), name, TestPortal.Reworded(name)));
                }
            )
            {
                Misuse = async a =>
                {
                    var name = await a.Portal.FreeTextAsync();
                    return a.Act(new DraftText(Guid.NewGuid(), name, TestPortal.Reworded(name, "{7}")));
                },
                Misused = RefusalCode.TextPlaces,
            },
            new(
                typeof(EditText),
                SystemAdministrators,
                async a =>
                {
                    var (name, id) = await OwnTextDraftAsync(a);
                    return a.Act(new EditText(id, 1, TestPortal.Reworded(name, "（再修订）")));
                }
            )
            {
                Misuse = async a =>
                {
                    var (name, id) = await OwnTextDraftAsync(a);
                    return a.Act(new EditText(id, 7, TestPortal.Reworded(name, "（再修订）")));
                },
                Misused = RefusalCode.Stale,
            },
            new(
                typeof(DiscardText),
                SystemAdministrators,
                async a => a.Act(new DiscardText((await OwnTextDraftAsync(a)).Id, 1))
            )
            {
                Misuse = async a => a.Act(new DiscardText((await OwnTextDraftAsync(a)).Id, 7)),
                Misused = RefusalCode.Stale,
            },
            new(
                typeof(PublishText),
                SystemAdministrators,
                async a =>
                {
                    var other = await a.Portal.CreateAdministratorAsync();
                    var name = await a.Portal.FreeTextAsync();
                    return a.Act(new PublishText(await a.Portal.DraftTextAsync(other, name), 1));
                }
            )
            {
                Misuse = async a => a.Act(new PublishText((await OwnTextDraftAsync(a)).Id, 1)),
                Misused = RefusalCode.SecondPersonNeeded,
            },
            new(
                typeof(AddAuthority),
                SystemAdministrators,
                async a =>
                    a.Act(
                        new AddAuthority(Guid.NewGuid(), await a.Portal.FreeCodeAsync(), "支队", null, "S1", Today(a))
                    )
            )
            {
                Misuse = a =>
                    Task.FromResult(a.Act(new AddAuthority(Guid.NewGuid(), "ZZ", "支队", null, "S1", Today(a)))),
                Misused = RefusalCode.AuthorityInvalid,
            },
            new(
                typeof(ChangeAuthority),
                SystemAdministrators,
                async a => a.Act(new ChangeAuthority(await a.Portal.NewAuthorityAsync(), "新名称", "0371-12345", 0))
            )
            {
                Misuse = async a =>
                    a.Act(new ChangeAuthority(await a.Portal.NewAuthorityAsync(), "新名称", "0371-12345", 7)),
                Misused = RefusalCode.Stale,
            },
            new(
                typeof(AssignScheme),
                SystemAdministrators,
                async a => a.Act(new AssignScheme(Guid.NewGuid(), await a.Portal.NewAuthorityAsync(), "N", Today(a)))
            )
            {
                Misuse = async a =>
                    a.Act(
                        new AssignScheme(Guid.NewGuid(), await a.Portal.NewAuthorityAsync(), "N", Today(a).AddDays(-1))
                    ),
                Misused = RefusalCode.AssignmentPast,
            },
            new(
                typeof(ConfirmAssignment),
                SystemAdministrators,
                async a => a.Act(new ConfirmAssignment(await ProposedAsync(a, own: false)))
            )
            {
                Misuse = async a => a.Act(new ConfirmAssignment(await ProposedAsync(a, own: true))),
                Misused = RefusalCode.SecondPersonNeeded,
            },
            new(
                typeof(DeclineAssignment),
                SystemAdministrators,
                async a => a.Act(new DeclineAssignment(await ProposedAsync(a, own: false), "日期有误。"))
            )
            {
                Misuse = async a => a.Act(new DeclineAssignment(await ProposedAsync(a, own: false), " ")),
                Misused = RefusalCode.ReasonRequired,
            },
        ];

    private static DateOnly Today(Arranger a) => ChinaTime.DateOf(a.Portal.Clock.Now);

    private static async Task<(string Name, Guid Id)> OwnTextDraftAsync(Arranger a)
    {
        var name = await a.Portal.FreeTextAsync();
        var id = Guid.NewGuid();
        await a.Portal.DoAsync(new DraftText(id, name, TestPortal.Reworded(name)), a.Actor);
        return (name, id);
    }

    private static async Task<Guid> ProposedAsync(Arranger a, bool own)
    {
        var proposer = own ? a.Actor : (await a.Portal.CreateAdministratorAsync()).Ref;
        var id = Guid.NewGuid();
        await a.Portal.DoAsync(new AssignScheme(id, await a.Portal.NewAuthorityAsync(), "N", Today(a)), proposer);
        return id;
    }
}
