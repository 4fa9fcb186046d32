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
            if (stretch.Seconds > 0 && !IsInside(file, stretch.StartedAt, stretch.LastBeatAt))
            {
                return $"study from {stretch.StartedAt:O} to {stretch.LastBeatAt:O} outside the study windows";
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
        if (s.File is not { } file)
        {
            return null;
        }
        foreach (var stretch in file.Stretches)
        {
            // Only a review that was upheld takes a stretch off this list, and only what its own check had put there.
            var isKnown = file.Voided.TryGetValue(stretch.Id, out var taken);
            if (isKnown && (stretch.VoidedBy is null || stretch.Seconds != taken.Seconds))
            {
                return "a voided stretch counts again or grew";
            }
            if (!isKnown && stretch.VoidedBy is not null)
            {
                return "a stretch is void that no check took, or that a review gave back";
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
        s is { Act: SimAct.BeginStudy, Reply.IsDone: true, File: { } file }
        && !(s.Now - s.MatchBefore < Book.Verified || s.Now - file.IdAcceptedAt < Book.Verified)
            ? $"study began, the last face matched at {s.MatchBefore:O}, a photo was accepted at {file.IdAcceptedAt:O}"
            : null;

    public static string? OneSnapshotPerBlock(Sight s)
    {
        if (s.File is not { Round: var round } file)
        {
            return null;
        }
        const int Block = 15 * 60;
        var isRightBlock = round.SnapshotAtSecond / Block == file.Snapshots.Count;
        var margin = Math.Max(60, file.Book.SmallestStretch);
        var second = round.SnapshotAtSecond % Block;
        var isWithin = second >= margin && second < Block - margin;
        return isRightBlock && isWithin && round.StudiedSeconds <= round.SnapshotAtSecond + 45
            ? null
            : $"check {file.Snapshots.Count + 1} at second {round.SnapshotAtSecond}, studied {round.StudiedSeconds}";
    }

    // The study windows of a round follow each other; between two of them the police look.
    private static bool IsInside(RoundFile file, DateTimeOffset from, DateTimeOffset to)
    {
        for (var i = file.Round.Deadlines.Count - 1; i >= 0; i--)
        {
            var window = file.Round.Deadlines[i];
            if (window.Kind == DeadlineKind.Study && window.From <= from)
            {
                return !(file.Terms[i].At <= to) && !(window.ClosedAt < to);
            }
        }
        return false;
    }

    private static int Credited(Sight s) =>
        s.W.Files.Count == s.FilesBefore ? (s.File?.Round.StudiedSeconds ?? 0) - s.StudiedBefore : 0;
}
