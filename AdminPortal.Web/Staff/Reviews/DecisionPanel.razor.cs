using AdminPortal.Data.Casework;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Texts;
using AdminPortal.Domain.Time;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The decision of a case: shows what the desk knows and says what was pressed; the desk acts.</summary>
public sealed partial class DecisionPanel : ComponentBase
{
    private ElementReference _title;
    private ElementReference _reason;
    private ElementReference _note;
    private ElementReference _yes;
    private bool _noteOpen;
    private bool _toNote;
    private bool _wasConfirming;
    private IReadOnlyDictionary<string, TextVersion> _wordings = new Dictionary<string, TextVersion>();

    [Inject]
    private PublishedTexts Texts { get; set; } = default!;

    [Parameter, EditorRequired]
    public required CaseDesk Desk { get; set; }

    [Parameter, EditorRequired]
    public required DeskDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public bool Confirming { get; set; }

    [Parameter]
    public bool Decided { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    [Parameter]
    public string? Notice { get; set; }

    [Parameter]
    public EventCallback<bool> OnChoose { get; set; }

    [Parameter]
    public EventCallback<int> OnTemplate { get; set; }

    [Parameter]
    public EventCallback<BlacklistGround> OnGround { get; set; }

    [Parameter]
    public EventCallback OnTyped { get; set; }

    [Parameter]
    public EventCallback OnForward { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    [Parameter]
    public EventCallback OnNote { get; set; }

    [Parameter]
    public EventCallback OnRelease { get; set; }

    [Parameter]
    public EventCallback OnNext { get; set; }

    public Task FocusTitleAsync() => FocusAsync(_title);

    public Task FocusReasonAsync() => Closing is null ? FocusAsync(_reason) : Task.CompletedTask;

    /// <summary>Opens the note; the focus follows once it is on the screen.</summary>
    public void OpenNote()
    {
        _noteOpen = _toNote = May(CaseAct.Note);
        StateHasChanged();
    }

    protected override async Task OnParametersSetAsync() => _wordings = await Texts.ReadAsync(CancellationToken.None);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toNote)
        {
            _toNote = false;
            await FocusAsync(_note);
        }
        if (Confirming != _wasConfirming)
        {
            // The button that had the focus is gone; the focus goes where the person goes on.
            _wasConfirming = Confirming;
            await FocusAsync(Confirming ? _yes : _title);
        }
    }

    private CaseStep? Closing => CaseTable.IsOpen(Desk.State) ? null : Desk.Steps[^1];

    /// <summary>Why no decision is possible now, or null.</summary>
    // One's own case first: "claim it first" would be advice that leads nowhere.
    private Refusal? Blocked =>
        Desk.Permitted.FirstOrDefault(p => p.Refusal is { Code: RefusalCode.OwnCase })?.Refusal
        ?? Desk.Permitted.Single(p => p.Act == CaseAct.Reject).Refusal;

    /// <summary>Why this person cannot uphold although they may decide: it takes two (S1-40). Else null.</summary>
    private Refusal? UpholdBlocked =>
        Blocked is null ? Desk.Permitted.Single(p => p.Act == Desk.UpholdAct).Refusal : null;

    private bool Proposes => Draft.Uphold == true && Desk.UpholdAct == CaseAct.ProposeUphold;

    // What was typed stays to be read and copied; without a chance to submit it, nothing more is to be typed.
    private bool OthersHands => Blocked is { Code: RefusalCode.CaseTaken or RefusalCode.OwnCase };

    private bool OnReason => Refusal is { Field: "reason" or "description" };

    private bool TellsDriver => CaseTable.TellsDriver(Desk.Kind);

    private string ShownReason => string.IsNullOrWhiteSpace(Draft.Reason) ? T["Preview_Reason"] : Draft.Reason.Trim();

    /// <summary>The end of the keys that name the two outcomes: a review is upheld, a photo is accepted.</summary>
    private string DecisionWords =>
        Desk.Kind switch
        {
            CaseKind.ExamReview or CaseKind.StudyReview => "Review",
            CaseKind.Appeal => Desk.UpholdAct == CaseAct.ConfirmUphold ? "AppealConfirm" : "Appeal",
            CaseKind.IdPhoto => "Photo",
            CaseKind.Feedback => "Feedback",
            CaseKind.Lead => "Lead",
        };

    // The words of an answer are sent, not filed: who writes them has to know.
    private string ReasonLabel =>
        (Draft.Uphold, Desk.Kind) switch
        {
            (true, CaseKind.Feedback) => T["Answer_Resolve"],
            (false, CaseKind.Feedback) => T["Answer_Close"],
            (true, CaseKind.Lead) => T["Propose_Description"],
            (false, CaseKind.Lead) => T["Lead_DismissWhy"],
            (true, _) => T["Reason_Uphold"],
            (false, _) => T["Reason_Reject"],
            (null, _) => T["Reason"],
        };

    /// <summary>Who will read the words of a lead, where that is not said by the label.</summary>
    private string? ReasonHint =>
        (Draft.Uphold, Desk.Kind) switch
        {
            (true, CaseKind.Lead) => T[
                "Lead_DescriptionHint",
                BlacklistEntry.ShortestDescription,
                BlacklistEntry.TextLimit
            ].Value,
            (false, CaseKind.Lead) => T["Lead_DismissHint"].Value,
            _ => null,
        };

    private string WindowText(bool uphold) =>
        DecisionPreview.WindowOf(Desk, uphold) is { } window
            ? window.Unit == PeriodUnit.Hours
                ? T["Preview_ResitHours", window.Count]
                : T["Preview_ResitDays", T[$"Period_{window.Unit}", window.Count].Value]
            : "";

    private bool May(CaseAct act) => Desk.Permitted.Any(p => p.Act == act && p.Refusal is null);

    private string Pressed(bool uphold) => Draft.Uphold == uphold ? "true" : "false";

    private Task ChooseGroundAsync(ChangeEventArgs chosen) =>
        Enum.TryParse<BlacklistGround>($"{chosen.Value}", out var ground) && Enum.IsDefined(ground)
            ? OnGround.InvokeAsync(ground)
            : Task.CompletedTask;

    // The fields have no value of the server's: a drawing that comes late would write over what was typed meanwhile. Their content
    // is only what they begin with; what the product puts in later goes through the draft.
    private Task TypeReasonAsync(ChangeEventArgs typed)
    {
        Draft.Reason = $"{typed.Value}";
        return OnTyped.InvokeAsync();
    }

    private Task TypeNoteAsync(ChangeEventArgs typed)
    {
        Draft.Note = $"{typed.Value}";
        return OnTyped.InvokeAsync();
    }

    private static async Task FocusAsync(ElementReference element)
    {
        if (element.Context is not null)
        {
            await element.FocusAsync();
        }
    }
}
