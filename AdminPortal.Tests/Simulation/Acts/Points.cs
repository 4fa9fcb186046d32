using AdminPortal.Tests.Simulation.Model;

namespace AdminPortal.Tests.Simulation.Acts;

/// <summary>How the points gateway behaves at one call.</summary>
internal enum Gateway
{
    Answers,
    Refuses,

    /// <summary>It did what was asked, and the answer was lost.</summary>
    LosesAnswer,

    /// <summary>It never heard of it.</summary>
    Unreachable,
}

/// <summary>The reduction: reserved before it is sent, one key for ever (S1-13, N-25).</summary>
internal static class Points
{
    public static void Reserve(World w, RoundFile file)
    {
        var (round, points, cap) = (file.Round, file.Scheme.PointsPerRound.Value, file.Scheme.CapPerCycle.Value);
        var elsewhere = w.Imported.PointsReduced;
        var taken = w
            .Files.Select(f => f.Reduction)
            .OfType<Reduction>()
            .Where(r => r.CycleStart == round.CycleStart && r.Slot is not null)
            .Select(r => r.Slot!.Value)
            .ToList();
        var isFull = taken.Count + elsewhere + points > cap;
        file.Reduction = new Reduction
        {
            CycleStart = round.CycleStart,
            Points = points,
            ReservedAt = w.Now,
            ElsewhereWhenReserved = elsewhere,
            NextAt = w.Now,
            Slot = isFull ? null : Enumerable.Range(1, cap).First(slot => !taken.Contains(slot)),
            Applied = isFull ? false : null,
            SettledAt = isFull ? w.Now : null,
        };
        if (isFull)
        {
            round.RefuseReduction(w.Now);
        }
    }

    /// <summary>One round of the dispatcher: mark as possibly sent, ask or send, settle.</summary>
    /// <returns>True when there was something to send.</returns>
    public static bool Dispatch(World w, Gateway gateway)
    {
        var file = w.Files.Find(f => f.Reduction is { SettledAt: null } r && r.NextAt <= w.Now);
        if (file?.Reduction is not { } order)
        {
            return false;
        }
        var wasSent = order.WasSent;
        order.WasSent = true;
        order.Sends++;
        order.NextAt = w.Now.AddSeconds(60 + Math.Min(3600, 1 << Math.Min(order.Sends, 12)));
        if (gateway == Gateway.Unreachable)
        {
            return true;
        }
        var answer = wasSent ? w.Police.Query(file.Round.Id) : null;
        answer ??= w.Police.Reduce(file.Round.Id, order.Points, order.CycleStart, gateway != Gateway.Refuses);
        if (gateway != Gateway.LosesAnswer)
        {
            Settle(w, file, answer.Value);
        }
        return true;
    }

    /// <summary>Settles by the gateway's answer; a second answer finds it settled.</summary>
    public static void Settle(World w, RoundFile file, bool applied)
    {
        var order = file.Reduction!;
        if (order.SettledAt is not null)
        {
            return;
        }
        order.SettledAt = w.Now;
        order.Applied = applied;
        if (applied)
        {
            file.Round.ConfirmReduction(w.Now);
        }
        else
        {
            order.Slot = null;
            file.Round.RefuseReduction(w.Now);
        }
    }
}
