using AdminPortal.Domain.FaceChecks;

namespace AdminPortal.Domain.Leads;

/// <summary>An answer of an exam.</summary>
/// <param name="Characters">Length of question and options in Chinese; whoever reads them in English has more to read.</param>
public sealed record AnswerFact(
    int Ordinal,
    int Characters,
    DateTimeOffset IssuedAt,
    DateTimeOffset AnsweredAt,
    bool IsRight
);

/// <summary>One try at a face check in which somebody was seen.</summary>
/// <param name="Series">Names the check: tries of one series are tries at one check.</param>
public sealed record PhotoFact(
    Guid DriverId,
    string Authority,
    Guid RoundId,
    string Series,
    FaceCheckPurpose Purpose,
    Guid PhotoId,
    DateTimeOffset At
);

/// <summary>A stretch of study as it is stored.</summary>
public sealed record StretchFact(DateTimeOffset StartedAt, DateTimeOffset LastBeatAt, int Seconds);

/// <summary>A driver who signed in with a device.</summary>
public sealed record DeviceFact(Guid DriverId, string Authority, DateTimeOffset SignedInAt);

/// <summary>From facts to evidence. Pure: the same facts always give the same evidence; null where there is no lead.</summary>
public static class LeadSigns
{
    /// <summary>The seconds below which a question of this length was not read.</summary>
    public static decimal ReadingSeconds(int characters) =>
        Math.Max(
            LeadThresholds.ShortestLook,
            Math.Round(characters / (decimal)LeadThresholds.CharactersPerSecond, 1, MidpointRounding.ToZero)
        );

    /// <summary>A passed exam: right answers given in less time than reading takes.</summary>
    /// <param name="questions">How many questions the paper has.</param>
    public static LeadEvidence? OfAnswers(IEnumerable<AnswerFact> answers, int questions)
    {
        var quick = answers
            .Where(a => a.IsRight)
            .Select(a => new LeadTrace(a.AnsweredAt, a.Ordinal, Taken(a), ReadingSeconds(a.Characters)))
            .Where(t => t.Seconds < t.Limit)
            .ToList();
        var threshold = (questions + LeadThresholds.QuickPartOfPaper - 1) / LeadThresholds.QuickPartOfPaper;
        return LeadEvidence.Of([new LeadFigure(LeadMeasure.QuickAnswers, quick.Count, Math.Max(threshold, 1))], quick);
    }

    /// <summary>One photo, byte for byte: who used it, and for how many checks.</summary>
    /// <param name="driverId">Whose lead it would be.</param>
    /// <param name="tries">Every try with this photo, of whomever.</param>
    public static LeadEvidence? OfPhoto(Guid driverId, IReadOnlyCollection<PhotoFact> tries)
    {
        var own = tries.Where(t => t.DriverId == driverId).ToList();
        var others = tries.Where(t => t.DriverId != driverId).ToList();
        if (own.Count == 0)
        {
            return null;
        }
        var series = own.GroupBy(t => t.Series).Select(g => g.Count()).ToList();
        return LeadEvidence.Of(
            [
                new LeadFigure(
                    LeadMeasure.OtherDrivers,
                    others.DistinctBy(t => t.DriverId).Count(),
                    LeadThresholds.OtherDrivers
                ),
                new LeadFigure(LeadMeasure.ChecksWithOnePhoto, series.Count, LeadThresholds.ChecksWithOnePhoto),
                new LeadFigure(LeadMeasure.TriesWithOnePhoto, series.Max(), LeadThresholds.TriesWithOnePhoto),
            ],
            // Of another driver no more than the first use: whose photo it is else is told by their own lead.
            own.Select(t => new LeadTrace(t.At, Purpose: t.Purpose, PhotoId: t.PhotoId))
                .Concat(
                    others
                        .GroupBy(t => t.DriverId)
                        .Select(g => g.MinBy(t => t.At)!)
                        .Select(t => new LeadTrace(
                            t.At,
                            Purpose: t.Purpose,
                            OtherRound: t.RoundId,
                            OtherAuthority: t.Authority
                        ))
                )
        );
    }

    /// <summary>The stretches of one round: how often the study was opened within a while, and whether more was credited than passed.</summary>
    public static LeadEvidence? OfStudy(IEnumerable<StretchFact> stretches)
    {
        var all = stretches.OrderBy(s => s.StartedAt).ToList();
        var most = all.Select(
                (s, i) => all.Skip(i).TakeWhile(t => t.StartedAt - s.StartedAt < LeadThresholds.OpeningsWithin).ToList()
            )
            .MaxBy(run => run.Count);
        return LeadEvidence.Of(
            [
                new LeadFigure(LeadMeasure.Openings, most?.Count ?? 0, LeadThresholds.Openings),
                new LeadFigure(LeadMeasure.SurplusSeconds, Surplus(all), LeadThresholds.SurplusSeconds),
            ],
            (most?.Count >= LeadThresholds.Openings ? most : all).Select(s => new LeadTrace(
                s.StartedAt,
                Seconds: s.Seconds,
                Limit: Math.Max(0, decimal.Floor((decimal)(s.LastBeatAt - s.StartedAt).TotalSeconds))
            ))
        );
    }

    /// <summary>One device: how many drivers signed in with it within a while. The same evidence for each of them.</summary>
    public static LeadEvidence? OfDevice(IEnumerable<DeviceFact> signIns)
    {
        var all = signIns.OrderBy(s => s.SignedInAt).ToList();
        var most = all.Select(
                (s, i) =>
                    all.Skip(i)
                        .TakeWhile(t => t.SignedInAt - s.SignedInAt < LeadThresholds.DeviceWithin)
                        .DistinctBy(t => t.DriverId)
                        .ToList()
            )
            .MaxBy(run => run.Count);
        return LeadEvidence.Of(
            [new LeadFigure(LeadMeasure.DriversOnDevice, most?.Count ?? 0, LeadThresholds.DriversOnDevice)],
            (most ?? []).Select(s => new LeadTrace(s.SignedInAt, OtherAuthority: s.Authority))
        );
    }

    // What was credited beyond the time in which somebody studied; stretches at the same time count once.
    private static int Surplus(List<StretchFact> stretches)
    {
        var passed = TimeSpan.Zero;
        var reached = DateTimeOffset.MinValue;
        foreach (var stretch in stretches)
        {
            var from = stretch.StartedAt > reached ? stretch.StartedAt : reached;
            if (stretch.LastBeatAt > from)
            {
                passed += stretch.LastBeatAt - from;
                reached = stretch.LastBeatAt;
            }
        }
        return Math.Max(0, (int)Math.Floor(stretches.Sum(s => (double)s.Seconds) - passed.TotalSeconds));
    }

    private static decimal Taken(AnswerFact answer) =>
        Math.Round((decimal)(answer.AnsweredAt - answer.IssuedAt).TotalSeconds, 1, MidpointRounding.ToZero);
}
