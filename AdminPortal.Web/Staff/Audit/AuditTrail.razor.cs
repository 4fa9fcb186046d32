using System.Globalization;
using AdminPortal.Data.Audit;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Web.Staff.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Audit;

/// <summary>The auditor's page. A search is an act and is recorded; so it runs when one is asked for, never by itself.</summary>
public sealed partial class AuditTrail
{
    private string _badge = "";
    private string _act = "";
    private string _subject = "";
    private string _driver = "";
    private DateOnly? _from;
    private DateOnly? _to;
    private AuditVerdict? _verdict;
    private bool _verifying;
    private AuditAddress _shown = new(null, null, null, null, null);
    private bool _asked;
    private AuditPage? _page;
    private PageKeys? _keys;
    private bool _busy;

    [Inject]
    private AuditProofs Proofs { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "badge")]
    private string? BadgeWord { get; set; }

    [SupplyParameterFromQuery(Name = "act")]
    private string? ActWord { get; set; }

    [SupplyParameterFromQuery(Name = "subject")]
    private string? SubjectWord { get; set; }

    [SupplyParameterFromQuery(Name = "driver")]
    private string? DriverWord { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeWord { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FromWord { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? ToWord { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.Everything)]
    private string? EverythingWord { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var asked = AuditAddress.Of(BadgeWord, ActWord, SubjectWord, DriverWord, BeforeWord, FromWord, ToWord);
        var isAsked = !asked.IsBlank || EverythingWord is not null;
        if ((asked == _shown && isAsked == _asked) || !Profile.Actor.May(Permission.ViewAudit))
        {
            return;
        }
        (_shown, _asked) = (asked, isAsked);
        (_badge, _act, _subject, _driver) = (
            asked.Badge ?? "",
            asked.Act ?? "",
            asked.Subject ?? "",
            asked.Driver ?? ""
        );
        (_from, _to) = (asked.Search.From, asked.Search.To);
        await SearchAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // No keys of its own; the module also serves the menus and the print button.
            _keys = new PageKeys(Js, [], _ => Task.CompletedTask);
            await _keys.AttachAsync();
        }
    }

    private async Task SearchAsync()
    {
        if (!_asked || _shown.DriverIsWrong)
        {
            _page = null;
            return;
        }
        _busy = true;
        _page = (await ActAsync(new SearchAudit(_shown.Search)) as Outcome<AuditPage>.Done)?.Value;
        _busy = false;
    }

    private async Task SubmitAsync()
    {
        var asked = AuditAddress.Of(_badge, _act, _subject, _driver, null, Iso(_from), Iso(_to));
        if (_asked && asked == _shown)
        {
            // The same search again: the address does not change, the trail may have.
            await SearchAsync();
            return;
        }
        Navigation.NavigateTo(asked.Path);
    }

    private async Task VerifyAsync()
    {
        if (_busy)
        {
            return;
        }
        (_busy, _verifying, _verdict) = (true, true, null);
        // Shown before the reading begins: a long trail takes its time.
        await Task.Yield();
        _verdict = await Proofs.RunAsync(await WhoAsync(), CancellationToken.None);
        (_busy, _verifying) = (false, false);
    }

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string ActText(string act) => AuditActs.Text(T, act);

    public ValueTask DisposeAsync() => _keys?.DisposeAsync() ?? ValueTask.CompletedTask;
}
