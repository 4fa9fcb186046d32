namespace AdminPortal.Data.Gateways;

/// <summary>A wish to take penalty points off a driver's record.</summary>
/// <param name="Key">The round's id: one round reduces at most once, however often it is asked.</param>
/// <param name="IdNumber">The driver's identity number.</param>
/// <param name="Authority">Code of the authority that keeps the licence.</param>
/// <param name="Points">Points to take off, 1 to 12.</param>
/// <param name="CycleStart">First day of the scoring cycle.</param>
public sealed record PointsRequest(string Key, string IdNumber, string Authority, int Points, DateOnly CycleStart);

/// <summary>A wish to put points back on a driver's record that were taken off (N-31).</summary>
/// <param name="Request">Whose, how many, in which cycle; its key is the revocation's own.</param>
/// <param name="ReductionKey">The key under which the points were taken off.</param>
public sealed record PointsRevocation(PointsRequest Request, string ReductionKey);

/// <summary>Where a reduction stands.</summary>
public enum PointsState
{
    /// <summary>Done.</summary>
    Applied,

    /// <summary>Will not be done.</summary>
    Rejected,

    /// <summary>Taken, not decided: query later.</summary>
    Pending,

    /// <summary>The service has no reduction of this key: it may be asked again, under the same key.</summary>
    NotFound,

    /// <summary>No usable answer: it may be done or not. Query; never ask under a new key.</summary>
    Unknown,
}

/// <summary>The answer about one reduction.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="PointsTaken">Points really taken off; set when applied, and only then.</param>
/// <param name="Reason">The service's reason when rejected.</param>
public sealed record PointsAnswer(PointsState State, int? PointsTaken, string? Reason)
{
    /// <summary>No usable answer.</summary>
    public static PointsAnswer Unknown { get; } = new(PointsState.Unknown, null, null);
}

/// <summary>Reduces penalty points in the authority's system.</summary>
public interface IPointsGateway
{
    /// <summary>Which service answers, for the audit trail and the page that names stand-ins.</summary>
    string Name { get; }

    /// <summary>Asks for a reduction, once. After <see cref="PointsState.Unknown"/> query, do not repeat blindly.</summary>
    /// <param name="request">What to reduce.</param>
    /// <param name="ct">The caller's cancellation; it is thrown, and the state is then unknown too.</param>
    Task<PointsAnswer> ReduceAsync(PointsRequest request, CancellationToken ct);

    /// <summary>Asks where a reduction stands.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="ct">The caller's cancellation; it is thrown.</param>
    Task<PointsAnswer> QueryAsync(string key, CancellationToken ct);

    /// <summary>Asks that points be put back, once. After <see cref="PointsState.Unknown"/> query, do not repeat blindly.</summary>
    /// <param name="revocation">What to put back.</param>
    /// <param name="ct">The caller's cancellation; it is thrown, and the state is then unknown too.</param>
    Task<PointsAnswer> RevokeAsync(PointsRevocation revocation, CancellationToken ct);

    /// <summary>Asks where a revocation stands.</summary>
    /// <param name="key">Its own key.</param>
    /// <param name="ct">The caller's cancellation; it is thrown.</param>
    Task<PointsAnswer> QueryRevocationAsync(string key, CancellationToken ct);
}
