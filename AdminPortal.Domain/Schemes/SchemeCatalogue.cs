using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Time;

namespace AdminPortal.Domain.Schemes;

/// <summary>Every scheme the product knows, read from the files that ship with it and validated once.</summary>
public sealed class SchemeCatalogue
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly IReadOnlyList<Scheme> _schemes;

    /// <exception cref="InvalidSchemeException">A scheme contradicts itself.</exception>
    public SchemeCatalogue(IEnumerable<Scheme> schemes)
    {
        _schemes = [.. schemes.OrderBy(scheme => scheme.Id).ThenBy(scheme => scheme.EffectiveFrom)];
        foreach (var scheme in _schemes)
        {
            Validate(scheme);
        }
        foreach (var versions in _schemes.GroupBy(scheme => scheme.Id))
        {
            if (versions.Zip(versions.Skip(1)).Any(pair => !(pair.First.EffectiveTo < pair.Second.EffectiveFrom)))
            {
                throw new InvalidSchemeException(versions.Key, "two versions are in force on the same day");
            }
        }
    }

    /// <summary>The schemes that ship with the product.</summary>
    public static SchemeCatalogue Shipped { get; } = LoadShipped();

    public IReadOnlyList<Scheme> All => _schemes;

    /// <summary>The version of a scheme under which a round may begin on a civil date, or null.</summary>
    public Scheme? Find(string id, DateOnly on) =>
        _schemes.FirstOrDefault(scheme =>
            scheme.Id == id && scheme.EffectiveFrom <= on && (scheme.EffectiveTo is not { } end || on <= end)
        );

    /// <summary>The exact version a round began under.</summary>
    /// <exception cref="InvalidSchemeException">The catalogue has lost a version that a round depends on.</exception>
    public Scheme Get(string id, DateOnly effectiveFrom) =>
        _schemes.FirstOrDefault(scheme => scheme.Id == id && scheme.EffectiveFrom == effectiveFrom)
        ?? throw new InvalidSchemeException(id, $"the version of {effectiveFrom:O} is missing");

    /// <summary>Reads one scheme file.</summary>
    /// <exception cref="JsonException">The text is not a scheme.</exception>
    public static Scheme Parse(Stream json) =>
        JsonSerializer.Deserialize<Scheme>(json, Json) ?? throw new JsonException("The scheme file is empty.");

    private static SchemeCatalogue LoadShipped()
    {
        var assembly = typeof(SchemeCatalogue).Assembly;
        var schemes = new List<Scheme>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Schemes.Data.")))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            schemes.Add(Parse(stream));
        }
        return new SchemeCatalogue(schemes);
    }

    private static void Validate(Scheme s)
    {
        Demand(s, s.PointsPerRound.Value is > 0 && s.PointsPerRound.Value <= s.CapPerCycle.Value, "points per round");
        Demand(s, s.CapPerCycle.Value is > 0 and <= 6, "the cap per cycle must be 1 to 6 (N-25)");
        Demand(s, s.FullMark.Value == Drivers.PointsAccount.FullMark, "full mark is 12 (N-03)");
        Demand(s, Routes(s).All(r => r.Minutes > 0 && r.Points > 0 && r.Points <= s.CapPerCycle.Value), "a route");
        Demand(s, s.StudyMinutes.Value > 0 && s.SmallestStretchMinutes.Value >= 0, "study minutes");
        Demand(s, s.Paper.Value.Total > 0 && s.PassMark.Value <= s.Paper.Value.Total, "the pass mark");
        Demand(s, s.SecondsPerQuestion.Value > 0 && s.FaceTries.Value > 0 && s.Resits.Value >= 0, "exam numbers");
        Demand(s, s.PassMark.Value > 0 && s.ExamLimitMinutes.Value > 0, "the pass mark and the exam limit");
        Demand(s, s.EffectiveTo is not { } end || end >= s.EffectiveFrom, "it ends before it begins");
        Demand(s, Periods(s).All(period => period.Count > 0), "a period of nothing");
        Demand(s, s.MinutesPerSnapshot.Value > 2, "a snapshot needs room to be random");
        Demand(s, (s.ReviewPeriod is null) == (s.ReviewFilingWindow is null), "a review needs both its periods");
        Demand(s, (s.Reviewable.Value.Count == 0) == (s.ReviewPeriod is null), "a review needs its period");
        Demand(s, s.HotlineHours.Value.From < s.HotlineHours.Value.To, "the hotline closes before it opens");
        Demand(s, s.NoticeChannels.Value.Count > 0 && s.Grounds.Count > 0, "channels and grounds");
        Demand(
            s,
            s.Demands(FaceChecks.FaceCheckPurpose.ExamEnd) == (s.ClosingVerificationWindow is not null),
            "a closing verification needs its window"
        );
        Demand(
            s,
            s.ClosingVerificationWindow is null || s.Reviewable.Value.Contains(Reviewable.PassedExam),
            "a result that a check can invalidate must be reviewable"
        );
    }

    private static IEnumerable<Period> Periods(Scheme s) =>
        new[]
        {
            s.StudyWindow,
            s.ExamWindow,
            s.ResitWindow,
            s.VerificationValidity,
            s.ClosingVerificationWindow,
            s.ReviewFilingWindow,
            s.ReviewPeriod,
            s.AppealTarget,
            s.LeadTarget,
            s.FeedbackTarget,
            s.EvidenceTerm,
        }.OfType<Period>();

    private static IEnumerable<AttendanceRoute> Routes(Scheme s) =>
        Enum.GetValues<AttendanceKind>().Select(s.RouteOf).OfType<Ruled<AttendanceRoute>>().Select(r => r.Value);

    private static void Demand(Scheme scheme, bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidSchemeException(scheme.Id, what);
        }
    }
}

/// <summary>Scheme data that cannot be right. The product does not start with it.</summary>
public sealed class InvalidSchemeException(string schemeId, string what)
    : Exception($"Scheme {schemeId} is not valid: {what}.");
