using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using FsCheck.Fluent;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Casework;

public sealed class CaseWalks
{
    [Fact]
    [Trait("Rule", "S1-38")]
    [Trait("Rule", "N-33")]
    public void A_case_keeps_its_record_and_at_most_one_holder_whatever_happens() =>
        Property.Holds(
            Property
                .Three(
                    Gen.Elements(Enum.GetValues<CaseAct>()),
                    Gen.Elements(Li, Wang, Chief, Auditor, Driver, Actor.System),
                    Gen.Frequency((5, Gen.Choose(0, 20)), (1, Gen.Choose(20, 60)))
                )
                .ArrayOf(30),
            acts =>
            {
                var opened = CaseWalkthroughs.Opened();
                var now = opened.OpenedAt;
                foreach (var (act, actor, minutes) in acts)
                {
                    now = now.AddMinutes(minutes);
                    var (wasOpen, count, holder, lease) = (
                        opened.IsOpen,
                        opened.Steps.Count,
                        opened.HolderId,
                        opened.LeaseUntil
                    );
                    var (escalated, asked, given, due) = (
                        opened.EscalatedAt,
                        opened.EvidenceAskedAt,
                        opened.EvidenceGivenAt,
                        opened.DueAt
                    );
                    var permitted =
                        opened.Check(act, actor, null, now) is null
                        && (
                            act is not (CaseAct.HandOver or CaseAct.Assign)
                            || opened.CannotTake(act, Wang, null) is null
                        );
                    var outcome = opened.Apply(act, actor, null, "理由", now, Wang, TogetherTests.Evidence(now));

                    Assert.Equal(permitted, outcome.IsDone());
                    Assert.True(wasOpen || !permitted);
                    // A claim over a lapsed lease is two steps, everything else one.
                    var grown = opened.Steps.Count - count;
                    Assert.Equal(
                        !permitted ? 0
                            : act == CaseAct.Claim && lease <= now && holder is not null ? 2
                            : 1,
                        grown
                    );
                    if (act == CaseAct.Lapse && permitted)
                    {
                        Assert.Equal(Actor.System, actor);
                        Assert.True(lease <= now);
                    }
                    if (act is CaseAct.Uphold or CaseAct.Reject && permitted)
                    {
                        Assert.Equal(holder, actor.Id);
                        Assert.True(now < lease);
                    }

                    // The law's clock never moves, whoever waits for whom (S1-38).
                    Assert.Equal(due, opened.DueAt);
                    Assert.True(asked is null || opened.EvidenceAskedAt == asked);
                    Assert.True(given is null || opened.EvidenceGivenAt == given);
                    Assert.True(opened.OpinionAskedAt is null || opened.State == CaseState.Claimed);
                    if (permitted && act == CaseAct.Claim && escalated is not null)
                    {
                        Assert.True(actor.May(Permission.WorkEscalated));
                    }

                    Assert.Equal(opened.State, opened.Steps[^1].To);
                    Assert.Equal(opened.Steps.Count, opened.Version);
                    Assert.Equal(opened.State == CaseState.Claimed, opened.LeaseUntil is not null);
                    Assert.Equal(opened.State == CaseState.Waiting, opened.HolderId is null);
                    Assert.All(
                        opened.Steps.Zip(opened.Steps.Skip(1)),
                        pair =>
                        {
                            Assert.Equal(pair.First.To, pair.Second.From);
                            Assert.Equal(pair.First.Number + 1, pair.Second.Number);
                        }
                    );
                }
            }
        );
}
