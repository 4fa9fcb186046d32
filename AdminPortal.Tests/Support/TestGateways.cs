using System.Collections.Concurrent;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Domain.FaceChecks;

namespace AdminPortal.Tests.Support;

/// <summary>Answers as the test says, else as the stand-in: by the drawn sample photos.</summary>
public sealed class ScriptedFaces : IFaceComparison
{
    private readonly StandInFaceComparison _standIn = new();
    private readonly ConcurrentQueue<FaceOutcome> _script = new();

    public string Name => "scripted";

    /// <summary>The next answers, each once.</summary>
    public void Answer(params FaceOutcome[] outcomes) => Array.ForEach(outcomes, _script.Enqueue);

    public Task<FaceComparison> CompareAsync(
        ReadOnlyMemory<byte> reference,
        ReadOnlyMemory<byte> live,
        string requestKey,
        CancellationToken ct
    ) =>
        _script.TryDequeue(out var outcome)
            ? Task.FromResult(new FaceComparison(outcome, outcome == FaceOutcome.Match ? 0.9m : null))
            : _standIn.CompareAsync(reference, live, requestKey, ct);
}

/// <summary>Keeps every message it was handed, repetitions too, and answers as the test says.</summary>
public sealed class RecordingMessages : IMessageGateway
{
    private readonly ConcurrentQueue<OutgoingMessage> _sent = new();

    public string Name => "recording";

    /// <summary>What it answers; it may throw as a dying process would. By default everything is accepted.</summary>
    public Func<OutgoingMessage, Delivery> Behaviour { get; set; } = _ => Delivery.Accepted;

    /// <summary>Every hand-over, in order.</summary>
    public IReadOnlyList<OutgoingMessage> Sent => [.. _sent];

    public Task<Delivery> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        _sent.Enqueue(message);
        return Task.FromResult(Behaviour(message));
    }
}

/// <summary>What goes wrong with one call to the points gateway.</summary>
public enum PointsFault
{
    None,

    /// <summary>Nothing arrived; the caller knows nothing.</summary>
    LostOnTheWay,

    /// <summary>It was applied; the answer never came.</summary>
    AnswerLost,

    /// <summary>It was taken and will be applied when it is asked about.</summary>
    Late,

    /// <summary>It was delivered twice, as a network does.</summary>
    Twice,

    /// <summary>The service refuses for good.</summary>
    Refused,

    /// <summary>The calling process dies before anything is sent.</summary>
    DiesBefore,

    /// <summary>The calling process dies after it was applied.</summary>
    DiesAfter,
}

/// <summary>What stands in for a killed process.</summary>
public sealed class ProcessDiedException : Exception;

/// <summary>A points system with a ledger of its own: one entry per key, faults as the test says.</summary>
public sealed class ScriptedPoints : IPointsGateway
{
    private readonly ConcurrentDictionary<string, PointsRequest> _ledger = new();
    private readonly ConcurrentDictionary<string, PointsRequest> _late = new();
    private readonly ConcurrentDictionary<string, string> _refused = new();
    private readonly ConcurrentQueue<PointsRequest> _asked = new();
    private readonly ConcurrentDictionary<string, PointsRevocation> _revoked = new();
    private readonly ConcurrentDictionary<string, PointsRevocation> _lateRevocations = new();
    private readonly ConcurrentQueue<PointsRevocation> _revocationsAsked = new();
    private int _queries;

    public string Name => "scripted";

    /// <summary>Which fault befalls a call; the argument is the request, or null for a query.</summary>
    public Func<PointsRequest?, PointsFault> Faults { get; set; } = _ => PointsFault.None;

    /// <summary>What was really taken off, by key.</summary>
    public IReadOnlyDictionary<string, PointsRequest> Ledger => _ledger;

    /// <summary>Every request, repetitions too.</summary>
    public IReadOnlyList<PointsRequest> Asked => [.. _asked];

    public int Queries => Volatile.Read(ref _queries);

    public Task<PointsAnswer> ReduceAsync(PointsRequest request, CancellationToken ct)
    {
        var fault = Faults(request);
        if (fault == PointsFault.DiesBefore)
        {
            throw new ProcessDiedException();
        }
        _asked.Enqueue(request);
        switch (fault)
        {
            case PointsFault.LostOnTheWay:
                return Task.FromResult(PointsAnswer.Unknown);
            case PointsFault.Late:
                _late[request.Key] = request;
                return Task.FromResult(new PointsAnswer(PointsState.Pending, null, null));
            case PointsFault.Refused:
                _refused[request.Key] = "no_points";
                return Task.FromResult(Known(request.Key));
        }
        Apply(request);
        if (fault == PointsFault.Twice)
        {
            Apply(request);
        }
        return fault switch
        {
            PointsFault.AnswerLost => Task.FromResult(PointsAnswer.Unknown),
            PointsFault.DiesAfter => throw new ProcessDiedException(),
            _ => Task.FromResult(Known(request.Key)),
        };
    }

    /// <summary>What was really put back, by the revocation's key.</summary>
    public IReadOnlyDictionary<string, PointsRevocation> Revoked => _revoked;

    /// <summary>Every wish for a revocation, repetitions too.</summary>
    public IReadOnlyList<PointsRevocation> RevocationsAsked => [.. _revocationsAsked];

    public Task<PointsAnswer> RevokeAsync(PointsRevocation revocation, CancellationToken ct)
    {
        var (request, fault) = (revocation.Request, Faults(revocation.Request));
        if (fault == PointsFault.DiesBefore)
        {
            throw new ProcessDiedException();
        }
        _revocationsAsked.Enqueue(revocation);
        switch (fault)
        {
            case PointsFault.LostOnTheWay:
                return Task.FromResult(PointsAnswer.Unknown);
            case PointsFault.Late:
                _lateRevocations[request.Key] = revocation;
                return Task.FromResult(new PointsAnswer(PointsState.Pending, null, null));
            case PointsFault.Refused:
                return Task.FromResult(new PointsAnswer(PointsState.Rejected, null, "no_reduction"));
        }
        PutBack(revocation);
        return fault switch
        {
            PointsFault.AnswerLost => Task.FromResult(PointsAnswer.Unknown),
            PointsFault.DiesAfter => throw new ProcessDiedException(),
            _ => Task.FromResult(new PointsAnswer(PointsState.Applied, request.Points, null)),
        };
    }

    public Task<PointsAnswer> QueryRevocationAsync(string key, CancellationToken ct)
    {
        Interlocked.Increment(ref _queries);
        if (_lateRevocations.TryRemove(key, out var late))
        {
            PutBack(late);
        }
        return Task.FromResult(
            _revoked.TryGetValue(key, out var done)
                ? new PointsAnswer(PointsState.Applied, done.Request.Points, null)
                : new PointsAnswer(PointsState.NotFound, null, null)
        );
    }

    private void PutBack(PointsRevocation revocation)
    {
        // What was never taken off cannot be put back, and nothing twice under two keys.
        if (
            !_ledger.ContainsKey(revocation.ReductionKey)
            || _revoked.Values.Any(r =>
                r.ReductionKey == revocation.ReductionKey && r.Request.Key != revocation.Request.Key
            )
            || _revoked.GetOrAdd(revocation.Request.Key, revocation) != revocation
        )
        {
            throw new InvalidOperationException($"{revocation.Request.Key} does not fit the ledger.");
        }
    }

    public Task<PointsAnswer> QueryAsync(string key, CancellationToken ct)
    {
        Interlocked.Increment(ref _queries);
        var fault = Faults(null);
        if (fault is PointsFault.DiesBefore or PointsFault.DiesAfter)
        {
            throw new ProcessDiedException();
        }
        if (fault is PointsFault.LostOnTheWay or PointsFault.AnswerLost)
        {
            return Task.FromResult(PointsAnswer.Unknown);
        }
        if (_late.TryRemove(key, out var late))
        {
            Apply(late);
        }
        return Task.FromResult(Known(key));
    }

    private void Apply(PointsRequest request)
    {
        if (!_refused.ContainsKey(request.Key) && _ledger.GetOrAdd(request.Key, request) != request)
        {
            throw new InvalidOperationException($"The key {request.Key} came with other contents.");
        }
    }

    private PointsAnswer Known(string key) =>
        _ledger.TryGetValue(key, out var applied) ? new PointsAnswer(PointsState.Applied, applied.Points, null)
        : _refused.TryGetValue(key, out var reason) ? new PointsAnswer(PointsState.Rejected, null, reason)
        : _late.ContainsKey(key) ? new PointsAnswer(PointsState.Pending, null, null)
        : new PointsAnswer(PointsState.NotFound, null, null);
}
