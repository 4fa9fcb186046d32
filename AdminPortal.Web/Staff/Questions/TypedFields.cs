using Microsoft.JSInterop;

namespace AdminPortal.Web.Staff.Questions;

/// <summary>
/// What an editor has typed into a form and not yet sent. The browser keeps it (this tab only), at each keystroke, so neither a
/// refusal nor a lost circuit loses a word.
/// </summary>
public sealed class TypedFields(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private string _key = "";

    /// <summary>What was left in this form, by field.</summary>
    /// <param name="viewerId">Part of the key: another editor at the same machine sees nothing of it.</param>
    /// <param name="form">Which form: the question, and the version and revision it starts from.</param>
    /// <param name="kind">What is written in it.</param>
    public async Task<IReadOnlyDictionary<string, string>> OpenAsync(
        Guid viewerId,
        string form,
        string kind = "question"
    )
    {
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./staff/drafts.js");
        _key = $"{viewerId:N}:{kind}:{form}";
        var typed = await _module.InvokeAsync<Dictionary<string, string>>("read", _key);
        await _module.InvokeVoidAsync("watch", _key);
        return typed;
    }

    /// <summary>Goes to a field that is wrong.</summary>
    public async Task FocusAsync(string field)
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("focusOn", field);
        }
    }

    /// <summary>It is stored: nothing is left to keep.</summary>
    public async Task ForgetAsync()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("forget", _key);
        }
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
