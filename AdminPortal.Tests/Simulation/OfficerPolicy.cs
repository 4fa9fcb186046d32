using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Tests.Simulation.Acts;
using AdminPortal.Tests.Simulation.Checks;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation;

/// <summary>How officers work a case: mostly the right one with the right act, not always.</summary>
internal sealed class OfficerPolicy(Life life)
{
    private static readonly CaseAct[] CaseActs = Enum.GetValues<CaseAct>();

    private World W => life.W;
    private Dice Dice => life.Dice;

    public void Work(RoundFile file)
    {
        if (file.Pending is not { Case: var open } request)
        {
            return;
        }
        // No window hurries the police, so that a cycle may well end meanwhile.
        life.WaitPastReset(file, 20);
        life.Wait(
            TimeSpan.FromSeconds(
                Dice.Below(100) switch
                {
                    < 20 => Dice.Spread(1500, 400_000),
                    // Faster than a study page takes to notice.
                    < 25 => Dice.Spread(1, 20),
                    _ => Dice.Spread(20, 1700),
                }
            )
        );
        var holder = W.Officers.FirstOrDefault(o => o.Id == open.HolderId);
        if (holder is null || Dice.Chance(15))
        {
            // Also those who do not hold the case, and acts that do not fit.
            if (Dice.Chance(50))
            {
                Anything(file, request, CaseAct.Claim);
            }
            else
            {
                Anything(file, request);
            }
            return;
        }
        if (Dice.Chance(8))
        {
            Do(file, request, W.Officers.First(o => o.Roles.Contains(Role.Supervisor)), CaseAct.Free);
            return;
        }
        var act = Dice.Below(100) switch
        {
            < 15 => CaseAct.Note,
            < 25 => CaseAct.Renew,
            < 35 => CaseAct.Release,
            < 70 => CaseAct.Uphold,
            _ => CaseAct.Reject,
        };
        Do(file, request, holder, act);
    }

    /// <summary>Any officer tries any act.</summary>
    public void Anything(RoundFile file, Request? request) =>
        Anything(file, request, CaseActs[Dice.Between(1, CaseActs.Length - 1)]);

    private void Anything(RoundFile file, Request? request, CaseAct act) =>
        Do(file, request, W.Officers[Dice.Below(W.Officers.Count)], act);

    private void Do(RoundFile file, Request? request, Actor officer, CaseAct act)
    {
        var words = Dice.Chance(4) ? " " : "照片可辨认，核对身份信息一致。";
        var seen = (request?.Case.Version ?? 0) - (Dice.Chance(6) ? 1 : 0);
        switch (act)
        {
            case CaseAct.Uphold or CaseAct.Reject:
                var upholds = act == CaseAct.Uphold;
                var ofPhoto = request?.Case.Kind == CaseKind.IdPhoto;
                life.Send(
                    upholds
                        ? ofPhoto
                            ? SimAct.AcceptIdPhoto
                            : SimAct.Uphold
                        : ofPhoto
                            ? SimAct.RefuseIdPhoto
                            : SimAct.Reject,
                    officer.Name,
                    () => Casework.Decide(W, file, request, officer, upholds, seen, words),
                    sight => sight.LookAt(file, request)
                );
                break;
            case CaseAct.Note:
                life.Send(SimAct.Note, officer.Name, () => Apply(words), isRepeatable: false);
                break;
            case CaseAct.Renew:
                life.Send(SimAct.Renew, officer.Name, () => Apply(null), isRepeatable: false);
                break;
            case CaseAct.Release:
                life.Send(SimAct.Release, officer.Name, () => Apply(null));
                break;
            case CaseAct.Free:
                life.Send(SimAct.Free, officer.Name, () => Apply(words));
                break;
            default:
                life.Send(SimAct.Claim, officer.Name, () => Apply(null));
                break;
        }

        Reply Apply(string? note) => Casework.Do(W, request, officer, act, note);
    }
}
