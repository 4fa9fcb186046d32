using AdminPortal.Domain.Rounds;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Checks;

/// <summary>What is credited, by the simulator's own watch.</summary>
internal static class StudyChecks
{
    public static string? NotMoreThanElapsed(Sight s) =>
        s.File is { } file && file.Round.StudiedSeconds > file.Studied.TotalSeconds
            ? $"{file.Round.StudiedSeconds} s credited, {file.Studied.TotalSeconds} s on the page"
            : null;

    public static string? StretchNotLongerThanItself(Sight s)
    {
        foreach (var stretch in s.File?.Stretches ?? [])
        {
            if (stretch.Seconds > (stretch.LastBeatAt - stretch.StartedAt).TotalSeconds)
            {
                return $"{stretch.Seconds} s between {stretch.StartedAt:O} and {stretch.LastBeatAt:O}";
            }
        }
        return null;
    }

    public static string? InsideTheWindow(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        foreach (var stretch in file.Stretches)
        {
            var isLate = stretch.Seconds > 0 && file.Terms[0].At <= stretch.LastBeatAt;
            if (isLate || stretch.StartedAt < file.Round.OpenedAt)
            {
                return $"study at {stretch.LastBeatAt:O} outside the window until {file.Terms[0].At:O}";
            }
        }
        return null;
    }

    public static string? StretchesDoNotOverlap(Sight s)
    {
        if (s.File is not { } file)
        {
            return null;
        }
        for (var i = 1; i < file.Stretches.Count; i++)
        {
            if (file.Stretches[i].StartedAt < file.Stretches[i - 1].LastBeatAt)
            {
                return $"a stretch begins at {file.Stretches[i].StartedAt:O} inside the one before";
            }
        }
        return null;
    }

    public static string? OnlyLongStretchesCount(Sight s)
    {
        if (s.File is not { } file || s.Act is SimAct.Answer)
        {
            return null;
        }
        var credited = StudyCredit.Seconds(file.Stretches, file.Scheme);
        return credited == file.Counted() ? null : $"{credited} s count, by the rule {file.Counted()} s";
    }

    public static string? VoidedStaysVoided(Sight s)
    {
        if (s.File is not { Voided.Count: > 0 } file)
        {
            return null;
        }
        foreach (var stretch in file.Stretches)
        {
            var isKnown = file.Voided.TryGetValue(stretch.Id, out var seconds);
            if (isKnown && (stretch.VoidedBy is null || stretch.Seconds != seconds))
            {
                return "a voided stretch counts again or grew";
            }
            if (stretch is { Confirmed: true, VoidedBy: not null })
            {
                return "a proved stretch was voided";
            }
        }
        return null;
    }

    public static string? OldTicketCreditsNothing(Sight s) =>
        s.Act == SimAct.OldBeat && Credited(s) != 0 ? $"{Credited(s)} s for an old or forged ticket" : null;

    public static string? BeatCreditsItsGap(Sight s) =>
        s.Act == SimAct.Beat && (Credited(s) > Book.LongestGap.TotalSeconds || Credited(s) > s.Gap.TotalSeconds + 1)
            ? $"{Credited(s)} s for a beat after {s.Gap.TotalSeconds} s"
            : null;

    public static string? NoSecondIsLost(Sight s)
    {
        // Half a second of the beat before may still be on the way, so the longest gap itself is left out.
        var isPlain = s is { Act: SimAct.Beat, IsRepeat: false, SnapshotWasDue: false, Reply.IsDone: true };
        return isPlain && s.Gap < Book.LongestGap - TimeSpan.FromSeconds(1) && Credited(s) < (int)s.Gap.TotalSeconds
            ? $"{Credited(s)} s for a beat after {s.Gap.TotalSeconds} s"
            : null;
    }

    public static string? NothingWhileCheckIsDue(Sight s) =>
        s.SnapshotWasDue && Credited(s) > 0 ? $"{Credited(s)} s while a face check was due" : null;

    public static string? VerifiedBeforeStudy(Sight s) =>
        s is { Act: SimAct.BeginStudy, Reply.IsDone: true } && !(s.Now - s.MatchBefore < TimeSpan.FromHours(24))
            ? $"study began, the last face matched at {s.MatchBefore:O}"
            : null;

    public static string? OneSnapshotPerBlock(Sight s)
    {
        if (s.File is not { Round: var round } file)
        {
            return null;
        }
        const int Block = 15 * 60;
        var isRightBlock = round.SnapshotAtSecond / Block == file.Snapshots.Count;
        var isWithin = round.SnapshotAtSecond % Block is >= 60 and < Block - 60;
        return isRightBlock && isWithin && round.StudiedSeconds <= round.SnapshotAtSecond + 45
            ? null
            : $"check {file.Snapshots.Count + 1} at second {round.SnapshotAtSecond}, studied {round.StudiedSeconds}";
    }

    private static int Credited(Sight s) =>
        s.W.Files.Count == s.FilesBefore ? (s.File?.Round.StudiedSeconds ?? 0) - s.StudiedBefore : 0;
}
