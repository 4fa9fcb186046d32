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
        var attempt = file.Attempts[^1];
        if (attempt.Case is not { } open)
        {
            return;
        }
        life.WaitPastReset(file);
        life.Wait(TimeSpan.FromSeconds(Dice.Chance(20) ? Dice.Spread(1500, 400_000) : Dice.Spread(20, 1700)));
        var holder = W.Officers.FirstOrDefault(o => o.Id == open.HolderId);
        if (holder is null || Dice.Chance(15))
        {
            // Also those who do not hold the case, and acts that do not fit.
            if (Dice.Chance(50))
            {
                Anything(file, attempt, CaseAct.Claim);
            }
            else
            {
                Anything(file, attempt);
            }
            return;
        }
        if (Dice.Chance(8))
        {
            Do(file, attempt, W.Officers.First(o => o.Roles.Contains(Role.Supervisor)), CaseAct.Free);
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
        Do(file, attempt, holder, act);
    }

    /// <summary>Any officer tries any act.</summary>
    public void Anything(RoundFile file, AttemptFile attempt) =>
        Anything(file, attempt, CaseActs[Dice.Between(1, CaseActs.Length - 1)]);

    private void Anything(RoundFile file, AttemptFile attempt, CaseAct act) =>
        Do(file, attempt, W.Officers[Dice.Below(W.Officers.Count)], act);

    private void Do(RoundFile file, AttemptFile attempt, Actor officer, CaseAct act)
    {
        var words = Dice.Chance(4) ? " " : "照片可辨认，核对身份信息一致。";
        var seen = (attempt.Case?.Version ?? 0) - (Dice.Chance(6) ? 1 : 0);
        switch (act)
        {
            case CaseAct.Uphold or CaseAct.Reject:
                var upholds = act == CaseAct.Uphold;
                life.Send(
                    upholds ? SimAct.Uphold : SimAct.Reject,
                    officer.Name,
                    () => Casework.Decide(W, file, attempt, officer, upholds, seen, words)
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

        Reply Apply(string? note) => Casework.Do(W, attempt, officer, act, note);
    }
}
