namespace AdminPortal.Web.Staff.Parts;

/// <summary>
/// Between a page whose act wants the second factor anew and the panel of the layout that asks for it (D-STEP-UP): the page waits
/// with everything that was typed, and goes on, or shows the refusal.
/// </summary>
public sealed class FreshFactorDesk
{
    private TaskCompletionSource<bool>? _asked;

    /// <summary>Told when the panel has to show or to go.</summary>
    public event Action? Changed;

    public bool IsAsked => _asked is not null;

    /// <summary>Waits until the person has proven it, or does not want to.</summary>
    public Task<bool> AskAsync()
    {
        _asked ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Changed?.Invoke();
        return _asked.Task;
    }

    public void Answer(bool proven)
    {
        var asked = _asked;
        _asked = null;
        Changed?.Invoke();
        asked?.TrySetResult(proven);
    }
}
