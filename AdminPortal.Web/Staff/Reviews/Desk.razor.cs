using AdminPortal.Data.Casework;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The desk of one case: looks, claims, decides. Loading and acting are here, keys and the lease in the other parts.</summary>
public sealed partial class Desk
{
    private Guid? _opened;
    private CaseDesk? _desk;
    private bool _missing;
    private bool _busy;

    /// <summary>The second of the two steps: what will happen is on the screen and waits for a yes.</summary>
    private bool _confirming;

    /// <summary>This officer decided the case just now, on this page.</summary>
    private bool _decided;
    private Refusal? _refusal;
    private string? _notice;
    private DeskDraft _draft = default!;
    private PhotoCompare? _photos;
    private DecisionPanel? _panel;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Parameter]
    public Guid Id { get; set; }

    private bool IsHolder => _desk is { State: CaseState.Claimed } desk && desk.HolderId == desk.ViewerId;

    protected override void OnInitialized() => _draft = new DeskDraft(Js);

    protected override async Task OnParametersSetAsync()
    {
        // Compared with what was asked for, not with what has come: a second load would be a second recorded look.
        if (!Profile.Actor.May(Permission.ViewReviews) || _opened == Id)
        {
            return;
        }
        _opened = Id;
        (_desk, _missing, _confirming, _decided, _refusal, _notice) = (null, false, false, false, null, null);
        _teamRefusal = null;
        await LoadAsync();
        if (_desk is { } desk)
        {
            await _draft.OpenAsync(desk.ViewerId, desk.CaseId);
            Touch();
        }
    }

    // Every load is a look and is recorded as one; so it happens on opening and after acts, never by a timer.
    private async Task LoadAsync()
    {
        var outcome = await ActAsync(new ViewCase(Id));
        _desk = (outcome as Outcome<CaseDesk>.Done)?.Value;
        _missing = outcome is Outcome<CaseDesk>.Refused { Refusal.Code: RefusalCode.NotFound };
        _now = _desk?.Now ?? _now;
    }

    private Task ClaimAsync() => ChangeAsync(new ClaimCase(Id), CaseAct.Claim);

    private Task ReleaseAsync() => ChangeAsync(new ReleaseCase(Id), CaseAct.Release);

    private Task FreeAsync(string reason) => ChangeAsync(new FreeCase(Id, reason), CaseAct.Free);

    private async Task NoteAsync()
    {
        if (await ChangeAsync(new AddNote(Id, _draft.Note), CaseAct.Note))
        {
            await _draft.ClearNoteAsync();
        }
    }

    private async Task NextAsync()
    {
        if (_busy)
        {
            return;
        }
        _busy = true;
        _notice = null;
        switch (await ActAsync(new ClaimNextCase()))
        {
            case Outcome<Guid>.Done { Value: var next } when next == Id && IsHolder:
                _notice = T["Desk_StillYours"].Value;
                break;
            case Outcome<Guid>.Done { Value: var next } when next == Id:
                await LoadAsync();
                break;
            case Outcome<Guid>.Done { Value: var next }:
                Navigation.NavigateTo($"/staff/reviews/{next}");
                break;
            case Outcome<Guid>.Refused refused:
                _refusal = refused.Refusal;
                break;
        }
        _busy = false;
    }

    private async Task ChooseAsync(bool uphold)
    {
        if (_desk is not { } desk || Refused(desk, uphold ? desk.UpholdAct : CaseAct.Reject))
        {
            return;
        }
        Touch();
        _confirming = false;
        _refusal = null;
        await _draft.ChooseAsync(uphold);
    }

    private async Task UseTemplateAsync(int number)
    {
        if (_draft.Uphold is not { } uphold || _desk is not { } desk)
        {
            return;
        }
        var templates = ReasonTemplates.For(desk, uphold, T);
        if (number > templates.Count || Refused(desk, uphold ? desk.UpholdAct : CaseAct.Reject))
        {
            return;
        }
        Touch();
        _confirming = false;
        var text = templates[number - 1];
        var reason = ReasonTemplates.Add(_draft.Reason, text, T["Reason_Join"]);
        if (reason.Length <= Case.TextLimit)
        {
            await _draft.SetReasonAsync(reason);
        }
    }

    private async Task ChooseGroundAsync(BlacklistGround ground)
    {
        Touch();
        _confirming = false;
        await _draft.ChooseGroundAsync(ground);
    }

    private void Typed()
    {
        Touch();
        _confirming = false;
        _refusal = null;
    }

    // Ctrl+Enter and the button: first shows what will happen, then does it.
    private async Task ForwardAsync()
    {
        if (_busy || _desk is not { } desk || _draft.Uphold is not { } uphold)
        {
            return;
        }
        if (Refused(desk, uphold ? desk.UpholdAct : CaseAct.Reject))
        {
            return;
        }
        // What is proposed is read by the driver once it is confirmed: a word is not enough.
        var shortest = uphold && desk.Kind == CaseKind.Lead ? BlacklistEntry.ShortestDescription : 1;
        if (_draft.Reason.Trim().Length < shortest)
        {
            _confirming = false;
            _refusal = new Refusal(RefusalCode.ReasonRequired, "reason", shortest);
            await FocusReasonAsync();
            return;
        }
        Touch();
        if (!_confirming)
        {
            (_confirming, _refusal, _notice) = (true, null, null);
            return;
        }
        await DecideAsync(desk, uphold);
    }

    private async Task DecideAsync(CaseDesk desk, bool uphold)
    {
        _busy = true;
        // The version the officer saw: if anything happened since, the decision is asked for again.
        switch (await ActAsync(DecisionActs.Of(desk, uphold, _draft.Reason, _draft.Ground)))
        {
            case Outcome<Unit>.Done:
                // A proposal is not the decision yet: the case is back on the queue for another person.
                _decided = !(uphold && desk.UpholdAct == CaseAct.ProposeUphold);
                _notice = _decided ? null : T["Done_ProposeUphold"].Value;
                await _draft.ForgetAsync();
                break;
            case Outcome<Unit>.Refused refused:
                _refusal = refused.Refusal;
                break;
        }
        _confirming = false;
        await LoadAsync();
        _busy = false;
    }

    private Task BackAsync()
    {
        _confirming = false;
        return Task.CompletedTask;
    }

    /// <summary>An act that only moves the claim or adds a note. The desk is read again whatever came of it.</summary>
    private async Task<bool> ChangeAsync<T1>(ICommand<T1> command, CaseAct act)
    {
        if (_busy)
        {
            return false;
        }
        _busy = true;
        Touch();
        var outcome = await ActAsync(command);
        _refusal = (outcome as Outcome<T1>.Refused)?.Refusal;
        _notice = _refusal is null ? T[$"Done_{act}"].Value : null;
        _confirming = false;
        await LoadAsync();
        _busy = false;
        return _refusal is null;
    }

    // The same function that the server enforces drew the buttons; keys obey it too.
    private static bool Refused(CaseDesk desk, CaseAct act) =>
        desk.Permitted.Single(p => p.Act == act).Refusal is not null;
}
