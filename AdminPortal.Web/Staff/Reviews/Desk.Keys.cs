using AdminPortal.Domain.Access;
using AdminPortal.Web.Staff.Parts;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>The keyboard of the desk.</summary>
public sealed partial class Desk
{
    private static readonly string[] Wanted =
    [
        "ArrowLeft",
        "ArrowRight",
        "Shift+ArrowLeft",
        "Shift+ArrowRight",
        "Shift+ArrowUp",
        "Shift+ArrowDown",
        "+",
        "=",
        "-",
        "r",
        "0",
        "c",
        "k",
        "u",
        "d",
        "e",
        "m",
        "g",
        "n",
        "q",
        "h",
        "x",
        "v",
        "o",
        "Control+Enter",
        "Escape",
        .. Enumerable.Range(1, ReasonTemplates.Most).Select(number => $"{number}"),
    ];

    private PageKeys? _keys;

    private IReadOnlyList<(string, string)> Help =>
        [
            ("← →", T["Key_Snapshots"]),
            ("+ -", T["Key_Zoom"]),
            ("R", T["Key_Rotate"]),
            ("Shift+←↑↓→", T["Key_Pan"]),
            ("0", T["Key_Reset"]),
            ("C", T["Key_Claim"]),
            ("K", T["Key_Renew"]),
            ("U", T["Key_Uphold"]),
            ("D", T["Key_Reject"]),
            ("1 … 5", T["Key_Template"]),
            ("E", T["Key_Reason"]),
            ("Ctrl+Enter", T["Key_Forward"]),
            ("Esc", T["Key_Back"]),
            ("M", T["Key_Note"]),
            ("G", T["Key_Release"]),
            ("H", T["Key_HandOver"]),
            ("X", T["Key_Escalate"]),
            ("V", T["Key_Evidence"]),
            ("O", T["Key_Opinion"]),
            ("N", T["Key_Next"]),
            ("Q", T["Key_Queue"]),
            ("?", T["Keys"]),
        ];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !Profile.Actor.May(Permission.ViewReviews))
        {
            return;
        }
        _keys = new PageKeys(Js, Wanted, key => InvokeAsync(() => PressAsync(key)));
        await _keys.AttachAsync();
        _ = WatchLeaseAsync();
    }

    private async Task PressAsync(string key)
    {
        if (_desk is null || _busy)
        {
            return;
        }
        Touch();
        switch (key)
        {
            case "c":
                await ClaimAsync();
                break;
            case "k" when IsHolder:
                await RenewAsync();
                break;
            case "u" or "d":
                await ChooseAsync(key == "u");
                break;
            case "e":
                await FocusReasonAsync();
                break;
            case "m":
                _panel?.OpenNote();
                break;
            case "g" when IsHolder:
                await ReleaseAsync();
                break;
            case "h" or "x" or "v" or "o":
                _team?.Press(key);
                break;
            case "n":
                await NextAsync();
                break;
            case "q":
                Navigation.NavigateTo("/staff/reviews");
                break;
            case "Control+Enter":
                await ForwardAsync();
                break;
            case "Escape":
                await EscapeAsync();
                break;
            case [>= '1' and <= '9']
                when int.Parse(key, System.Globalization.CultureInfo.InvariantCulture) is var number:
                await UseTemplateAsync(number);
                break;
            default:
                _photos?.Press(key);
                break;
        }
        StateHasChanged();
    }

    private async Task EscapeAsync()
    {
        if (_confirming)
        {
            await BackAsync();
            return;
        }
        // Out of the text, so that the single keys work again.
        await (_panel?.FocusTitleAsync() ?? Task.CompletedTask);
    }

    private Task FocusReasonAsync() => _panel?.FocusReasonAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        if (_keys is not null)
        {
            await _keys.DisposeAsync();
        }
        await _draft.DisposeAsync();
    }
}
