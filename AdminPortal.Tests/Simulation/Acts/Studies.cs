using AdminPortal.Domain;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>The acts of study, in the order of the product's: which check comes before which is part of what is tested.</summary>
internal static class Studies
{
    public static Reply Begin(World w)
    {
        if (w.Current is not { } file)
        {
            return RefusalCode.NotFound;
        }
        if (file.Round.MayStudy(w.Now) is Outcome<Unit>.Refused refused)
        {
            return refused.Refusal;
        }
        if (!Faces.IsVerified(w, file))
        {
            return RefusalCode.VerificationMissing;
        }
        var session = w.Session ??= StudySession.For(w.DriverId);
        var isFirst = file.Stretches.Count == 0;
        var stretch = NewStretch(w, file);
        file.Uninterrupted = isFirst ? stretch.Id : null;
        session.Begin(file.Round.Id, stretch.Id, "s1", session.TicketOf(Ticket(w), next: true), w.Now);
        w.LastCountedAt = w.Now;
        return Reply.Done;
    }

    public static Reply Beat(World w, string ticket)
    {
        if (w.Session is not { IsOpen: true } session)
        {
            return RefusalCode.StudyTakenOver;
        }
        var file = w.Files.Find(f => f.Round.Id == session.RoundId)!;
        var round = file.Round;
        if (round.MayStudy(w.Now) is Outcome<Unit>.Refused late)
        {
            return late.Refusal;
        }
        if (session.Check(ticket) is { } invalid)
        {
            return invalid;
        }
        if (round.SnapshotIsDue)
        {
            return Reply.Done;
        }
        var isRepeat = ticket != session.Ticket;
        var taken = session.Take(ticket, session.TicketOf(Ticket(w), next: false), w.Now);
        if (taken is not Outcome<Beat>.Done { Value: var beat })
        {
            return ((Outcome<Beat>.Refused)taken).Refusal;
        }
        if (beat.NewStretch)
        {
            session.Continue(NewStretch(w, file).Id);
            file.Uninterrupted = null;
        }
        else if (beat.Credited > 0)
        {
            var stretch = file.Stretches.Single(s => s.Id == session.StretchId);
            stretch.Seconds += beat.Credited;
            stretch.LastBeatAt = w.Now;
            round.AddStudy(beat.Credited);
        }
        if (!isRepeat)
        {
            var gap = w.Now - w.LastCountedAt;
            file.Studied += gap <= Book.LongestGap ? gap : TimeSpan.Zero;
            w.LastCountedAt = w.Now;
        }
        return Reply.Done;
    }

    public static Reply FileCompletion(World w)
    {
        if (w.Current is not { } file)
        {
            return RefusalCode.NotFound;
        }
        if (file.Round.State == RoundState.ExamOpen)
        {
            return Reply.Done;
        }
        if (file.Round.SnapshotIsDue)
        {
            return RefusalCode.FaceCheckPending;
        }
        var credited = StudyCredit.Seconds(file.Stretches, file.Scheme);
        var filed = file.Round.FileCompletion(credited, file.Scheme, w.Calendar, w.Driver, w.Now);
        if (filed is Outcome<Unit>.Done)
        {
            w.Session?.End();
            file.CountedWhenFiled = file.Counted();
        }
        return Reply.Of(filed);
    }

    /// <summary>What a settled random face check does to the study (S0-11, S1-35).</summary>
    public static void Settle(World w, RoundFile file, FaceTry tried, bool passed)
    {
        var unproved = file.Stretches.Where(s => s is { Confirmed: false, VoidedBy: null }).ToList();
        file.Snapshots.Add(file.Round.SnapshotAtSecond);
        file.Round.PlanSnapshot(file.Scheme, w.Dice.Below);
        if (passed)
        {
            unproved.ForEach(s => s.Confirmed = true);
        }
        else
        {
            unproved.ForEach(s => (s.VoidedBy, s.VoidedByCheck) = (file.Scheme.StudyFaceFailure.Rule, tried.Id));
            unproved.ForEach(s => file.Voided.Add(s.Id, (tried, s.Seconds)));
        }
        if (file.Uninterrupted is { } piece)
        {
            file.Pieces.Add(file.Stretches.Single(s => s.Id == piece).Seconds);
            file.Uninterrupted = null;
        }
        if (!passed && file.Scheme.StudyFaceFailure.Value == StudyFaceFailure.EndsSession)
        {
            w.Session?.End();
        }
        else if (w.Session is { IsOpen: true } session && session.RoundId == file.Round.Id)
        {
            var next = NewStretch(w, file);
            session.Continue(next.Id);
            session.Resume(w.Now);
            file.Uninterrupted = next.Id;
            w.LastCountedAt = w.Now;
        }
    }

    private static StudyStretch NewStretch(World w, RoundFile file)
    {
        var stretch = new StudyStretch
        {
            Id = w.Dice.NewGuid(),
            RoundId = file.Round.Id,
            SectionId = "s1",
            StartedAt = w.Now,
            LastBeatAt = w.Now,
        };
        file.Stretches.Add(stretch);
        return stretch;
    }

    private static string Ticket(World w) => w.Dice.NewGuid().ToString("N");
}
