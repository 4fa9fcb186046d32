using AdminPortal.Domain.Blacklists;
using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Reviews;

/// <summary>
/// What an officer has chosen and typed on one case and not yet submitted. The browser keeps it too (this tab only), so
/// neither a refusal nor a lost circuit loses a word.
/// </summary>
public sealed class DeskDraft(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private string _key = "";

    public bool? Uphold { get; private set; }
    public string Reason { get; set; } = "";

    /// <summary>The ground of the entry that is proposed out of a lead.</summary>
    public BlacklistGround Ground { get; private set; } = BlacklistGround.Fraud;
    public string Note { get; set; } = "";

    /// <summary>What is being written to colleagues or to the driver.</summary>
    public string Team { get; set; } = "";

    private sealed record Stored(string? Choice, string? Reason, string? Note, string? Team, string? Ground);

    /// <summary>Turns to a case and takes up what was left there.</summary>
    /// <param name="viewerId">Part of the key: another officer at the same machine sees nothing of it.</param>
    public async Task OpenAsync(Guid viewerId, Guid caseId)
    {
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./staff/drafts.js");
        _key = $"{viewerId:N}:{caseId:N}";
        var stored = await _module.InvokeAsync<Stored>("read", _key);
        Uphold = stored.Choice switch
        {
            "uphold" => true,
            "reject" => false,
            _ => null,
        };
        Ground = Enum.TryParse<BlacklistGround>(stored.Ground, out var ground) ? ground : BlacklistGround.Fraud;
        Reason = stored.Reason ?? "";
        Note = stored.Note ?? "";
        Team = stored.Team ?? "";
        // The fields may be those of the case before.
        await _module.InvokeVoidAsync("put", "reason", Reason);
        await _module.InvokeVoidAsync("put", "note", Note);
        await _module.InvokeVoidAsync("put", "team", Team);
        await _module.InvokeVoidAsync("watch", _key);
    }

    public async Task ChooseAsync(bool? uphold)
    {
        Uphold = uphold;
        var word = uphold switch
        {
            true => "uphold",
            false => "reject",
            null => "",
        };
        await _module!.InvokeVoidAsync("write", _key, "choice", word);
    }

    public async Task ChooseGroundAsync(BlacklistGround ground)
    {
        Ground = ground;
        await _module!.InvokeVoidAsync("write", _key, "ground", $"{ground}");
    }

    /// <summary>Sets a text that was not typed: a template, or an emptied note.</summary>
    public async Task SetReasonAsync(string reason)
    {
        Reason = reason;
        await _module!.InvokeVoidAsync("write", _key, "reason", reason);
        await _module!.InvokeVoidAsync("put", "reason", reason);
    }

    public async Task ClearNoteAsync()
    {
        Note = "";
        await _module!.InvokeVoidAsync("write", _key, "note", "");
        await _module!.InvokeVoidAsync("put", "note", "");
    }

    public async Task ClearTeamAsync()
    {
        Team = "";
        await _module!.InvokeVoidAsync("write", _key, "team", "");
        await _module!.InvokeVoidAsync("put", "team", "");
    }

    /// <summary>The decision is made: nothing is left to keep.</summary>
    public async Task ForgetAsync()
    {
        (Uphold, Reason, Note, Team, Ground) = (null, "", "", "", BlacklistGround.Fraud);
        await _module!.InvokeVoidAsync("forget", _key);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone; what it keeps, it keeps.
        }
    }
}
