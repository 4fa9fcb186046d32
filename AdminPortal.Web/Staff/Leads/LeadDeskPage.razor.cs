using AdminPortal.Data.Leads;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Web.Staff.Parts;
using AdminPortal.Web.Staff.Reviews;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Leads;

/// <summary>One lead: what was measured, the round it is about, and what an officer makes of it.</summary>
public sealed partial class LeadDeskPage
{
    private static readonly string[] Wanted = ["d", "p", "e", "q", "Control+Enter", "Escape"];

    private Guid? _opened;
    private LeadDesk? _desk;
    private bool _missing;
    private Refusal? _hidden;
    private Refusal? _refusal;
    private bool _busy;
    private bool _confirming;
    private BlacklistGround _ground = BlacklistGround.Fraud;
    private DeskDraft _draft = default!;
    private bool _draftAsked;
    private bool _draftRead;
    private LeadClose? _close;
    private ElementReference _title;
    private PageKeys? _keys;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Parameter]
    public Guid Id { get; set; }

    private IReadOnlyList<(string, string)> Help =>
        [
            ("D", T["Lead_Dismiss"]),
            ("P", T["Lead_Propose"]),
            ("E", T["Key_Reason"]),
            ("Ctrl+Enter", T["Key_Forward"]),
            ("Esc", T["Key_Back"]),
            ("Q", T["Lead_KeyList"]),
            ("?", T["Keys"]),
        ];

    protected override void OnInitialized() => _draft = new DeskDraft(Js);

    protected override async Task OnParametersSetAsync()
    {
        // Compared with what was asked for, not with what has come: a second load would be a second recorded look.
        if (!Profile.Actor.May(Permission.WorkLeads) || _opened == Id)
        {
            return;
        }
        _opened = Id;
        (_desk, _missing, _hidden, _refusal) = (null, false, null, null);
        (_confirming, _draftAsked, _draftRead) = (false, false, false);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_draftAsked && _desk is { } desk)
        {
            // After the field is there: what was left here is put into it.
            _draftAsked = true;
            await _draft.OpenAsync(desk.ViewerId, desk.Lead.Id);
            _draftRead = true;
            StateHasChanged();
        }
        // Not earlier: what a key chose would be overwritten by what was left here.
        if (_keys is null && (_draftRead || _missing || _hidden is not null))
        {
            _keys = new PageKeys(Js, Wanted, key => InvokeAsync(() => PressAsync(key)));
            await _keys.AttachAsync();
        }
    }

    private async Task LoadAsync()
    {
        var outcome = await ActAsync(new ViewLead(Id));
        _desk = (outcome as Outcome<LeadDesk>.Done)?.Value;
        _missing = outcome is Outcome<LeadDesk>.Refused { Refusal.Code: RefusalCode.NotFound };
        _hidden = outcome is Outcome<LeadDesk>.Refused { Refusal: { Code: RefusalCode.OwnCase } own } ? own : null;
    }

    private async Task PressAsync(string key)
    {
        if (_busy)
        {
            return;
        }
        switch (key)
        {
            case "q":
                Navigation.NavigateTo("/staff/leads");
                break;
            case "d" or "p" when _desk?.MayClose is null:
                await ChooseAsync(key == "p");
                break;
            case "e":
                await (_close?.FocusReasonAsync() ?? Task.CompletedTask);
                break;
            case "Control+Enter":
                await ForwardAsync();
                break;
            case "Escape" when _confirming:
                Back();
                break;
            case "Escape":
                // Out of the text, so that the single keys work again.
                await (_close?.FocusTitleAsync() ?? Task.CompletedTask);
                break;
        }
        StateHasChanged();
    }

    private async Task ChooseAsync(bool proposes)
    {
        if (!_draftRead || _desk?.MayClose is not null || _close is null)
        {
            return;
        }
        (_confirming, _refusal) = (false, null);
        await _draft.ChooseAsync(proposes);
        StateHasChanged();
        await _close.FocusReasonAsync();
    }

    // What is asked is about the words as they are.
    private void Typed() => _confirming = false;

    private void Back() => _confirming = false;

    private async Task ForwardAsync()
    {
        if (_busy || _desk is not { MayClose: null } desk || _draft.Uphold is not { } proposes)
        {
            return;
        }
        var shortest = proposes ? BlacklistEntry.ShortestDescription : 1;
        if (_draft.Reason.Trim().Length < shortest)
        {
            (_confirming, _refusal) = (false, new Refusal(RefusalCode.ReasonRequired, "reason", shortest));
            return;
        }
        if (!_confirming)
        {
            (_confirming, _refusal) = (true, null);
            return;
        }
        _busy = true;
        _refusal = proposes
            ? Fault(await ActAsync(new ProposeFromLead(desk.Lead.Id, _ground, _draft.Reason)))
            : Fault(await ActAsync(new DismissLead(desk.Lead.Id, _draft.Reason)));
        if (_refusal is null)
        {
            await _draft.ForgetAsync();
        }
        _confirming = false;
        await LoadAsync();
        _busy = false;
        if (_refusal is null)
        {
            // What had the focus is gone with the answer.
            await _title.FocusAsync();
        }
    }

    private static Refusal? Fault<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Refusal;

    public async ValueTask DisposeAsync()
    {
        if (_keys is not null)
        {
            await _keys.DisposeAsync();
        }
        await _draft.DisposeAsync();
    }
}
