using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Casework;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The desk and the others: hand over, assign, escalate, ask the driver, ask and advise a colleague.</summary>
public sealed partial class Desk
{
    private TeamPanel? _team;

    /// <summary>Stands in the form it belongs to, not over the decision.</summary>
    private Refusal? _teamRefusal;

    private void TypedToTeam()
    {
        Touch();
        _teamRefusal = null;
    }

    private Task SendAsync((CaseAct Act, Guid? To) sent) =>
        TeamAsync(
            sent.Act switch
            {
                CaseAct.HandOver => new HandOverCase(Id, sent.To ?? Guid.Empty, _draft.Team),
                CaseAct.Assign => new AssignCase(Id, sent.To ?? Guid.Empty, _draft.Team),
                CaseAct.Escalate => new EscalateCase(Id, _draft.Team),
                CaseAct.AskEvidence => new AskEvidence(Id, _draft.Team),
                CaseAct.AskOpinion => new AskOpinion(Id, _draft.Team),
                _ => throw new ArgumentOutOfRangeException(nameof(sent), sent.Act, "Not an act among officers."),
            },
            sent.Act
        );

    private Task AdviseAsync(bool uphold) =>
        TeamAsync(new GiveOpinion(Id, uphold, _draft.Team), uphold ? CaseAct.AdviseUphold : CaseAct.AdviseReject);

    private async Task TeamAsync(ICommand<Unit> command, CaseAct act)
    {
        var (shown, notice) = (_refusal, _notice);
        if (await ChangeAsync(command, act))
        {
            _teamRefusal = null;
            await _draft.ClearTeamAsync();
            await (_panel?.FocusTitleAsync() ?? Task.CompletedTask);
        }
        else if (_refusal is not null)
        {
            (_teamRefusal, _refusal, _notice) = (_refusal, shown, notice);
        }
    }
}
