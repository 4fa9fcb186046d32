using AdminPortal.Data.Demo;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Gateways.StandIns;
using AdminPortal.Domain.FaceChecks;

namespace AdminPortal.Tests.Data.Infrastructure;

public sealed class StandInTests : IDisposable
{
    private static readonly OutgoingMessage Message = new("m-1", MessageChannel.Sms, "13800000001", "您的申请已受理");
    private static readonly PointsRequest Reduction = new("r-1", "11010519491231002X", "4403", 2, new(2026, 1, 15));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("A-reference", "A-live", FaceOutcome.Match, 0.97)]
    [InlineData("F-reference", "F-live", FaceOutcome.Match, 0.97)]
    [InlineData("A-reference", "B-live", FaceOutcome.Mismatch, 0.21)]
    [InlineData("A-reference", "no-face", FaceOutcome.NoFace, null)]
    [InlineData("A-reference", "unavailable", FaceOutcome.Unavailable, null)]
    [InlineData("unavailable", "no-face", FaceOutcome.Unavailable, null)]
    public async Task Faces_are_recognised_by_their_sample(
        string reference,
        string live,
        FaceOutcome outcome,
        double? score
    )
    {
        var comparison = await Compare(SamplePhotos.Named(reference).Bytes, SamplePhotos.Named(live).Bytes);

        Assert.Equal(new FaceComparison(outcome, (decimal?)score), comparison);
    }

    [Fact]
    public async Task An_unknown_face_is_never_guessed()
    {
        var known = SamplePhotos.Named("A-live").Bytes;

        Assert.Equal(FaceComparison.Unavailable, await Compare(known, JpegBuilder.Grey()));
        Assert.Equal(FaceComparison.Unavailable, await Compare(JpegBuilder.Grey(), known));
    }

    [Fact]
    public void The_samples_are_what_their_names_say()
    {
        Assert.Equal(14, SamplePhotos.All.Count);
        Assert.Equal(
            "AABBCCDDEEFF",
            string.Concat(SamplePhotos.All.Where(p => p.Person is not null).Select(p => p.Person))
        );
        Assert.Equal(14, SamplePhotos.All.Select(p => p.Sha256).Distinct().Count());
        Assert.All(SamplePhotos.All, p => Assert.Same(p, SamplePhotos.Find(p.Bytes.Span)));
        Assert.Null(SamplePhotos.Find([1, 2, 3]));
    }

    [Fact]
    public async Task A_message_is_kept_once_even_across_a_restart()
    {
        var clock = new FixedClock();
        var gateway = Messages(clock);
        Assert.Equal(Delivery.Accepted, await gateway.SendAsync(Message, default));
        Assert.Equal(Delivery.Accepted, await gateway.SendAsync(Message, default));
        clock.Now = clock.Now.AddMinutes(1);

        var restarted = Messages(clock);
        Assert.Equal(Delivery.Accepted, await restarted.SendAsync(Message, default));
        await restarted.SendAsync(Message with { Key = "m-2", Recipient = "13800000002" }, default);

        Assert.Equal(["m-2", "m-1"], restarted.Read().Select(m => m.Key));
        Assert.Equal(["m-2", "m-1"], gateway.Read().Select(m => m.Key));
        var first = Assert.Single(restarted.Read("13800000001"));
        Assert.Equal(
            new InboxMessage(clock.Now.AddMinutes(-1), "m-1", MessageChannel.Sms, "13800000001", Message.Text),
            first
        );
        Assert.Equal("m-2", Assert.Single(restarted.Read(limit: 1)).Key);
    }

    [Fact]
    public async Task A_line_cut_by_a_crash_is_dropped_and_its_message_taken_again()
    {
        await Messages().SendAsync(Message, default);
        var file = _folder.File("messages.jsonl");
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, [.. whole, .. whole[..(whole.Length / 2)]]);

        var restarted = Messages();
        Assert.Single(restarted.Read());
        await restarted.SendAsync(Message with { Key = "m-2" }, default);

        Assert.Equal(["m-2", "m-1"], Messages().Read().Select(m => m.Key));
    }

    [Fact]
    public async Task Several_writers_lose_and_double_nothing()
    {
        var gateways = Enumerable.Range(0, 4).Select(_ => Messages()).ToList();

        // Every message through two gateways at once.
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => Task.Run(() => gateways[i % 4].SendAsync(Message with { Key = $"m-{i / 2}" }, default)))
        );

        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"m-{i}").Order(),
            Messages().Read().Select(m => m.Key).Order()
        );
    }

    [Fact]
    public async Task Points_are_reduced_once_per_key_even_across_a_restart()
    {
        var applied = new PointsAnswer(PointsState.Applied, 2, null);

        Assert.Equal(applied, await Points().ReduceAsync(Reduction, default));
        Assert.Equal(applied, await Points().ReduceAsync(Reduction, default));
        Assert.Equal(applied, await Points().QueryAsync("r-1", default));

        Assert.Single(File.ReadAllLines(_folder.File("points.jsonl")));
        Assert.DoesNotContain(Reduction.IdNumber, File.ReadAllText(_folder.File("points.jsonl")));
    }

    [Fact]
    public async Task Points_under_a_used_key_or_out_of_range_are_rejected()
    {
        await Points().ReduceAsync(Reduction, default);

        var other = await Points().ReduceAsync(Reduction with { Points = 3 }, default);
        var tooMany = await Points().ReduceAsync(Reduction with { Key = "r-2", Points = 13 }, default);

        Assert.Equal(new PointsAnswer(PointsState.Rejected, null, "key_reused"), other);
        Assert.Equal(new PointsAnswer(PointsState.Rejected, null, "points_out_of_range"), tooMany);
        Assert.Equal(tooMany, await Points().QueryAsync("r-2", default));
        Assert.Equal(PointsState.Applied, (await Points().QueryAsync("r-1", default)).State);
    }

    [Fact]
    public async Task An_unknown_reduction_is_not_found()
    {
        Assert.Equal(PointsState.NotFound, (await Points().QueryAsync("r-9", default)).State);
    }

    private StandInMessageGateway Messages(FixedClock? clock = null) => new(_folder.Path, clock ?? new FixedClock());

    private StandInPointsGateway Points() => new(_folder.Path);

    private static Task<FaceComparison> Compare(ReadOnlyMemory<byte> reference, ReadOnlyMemory<byte> live) =>
        new StandInFaceComparison().CompareAsync(reference, live, "k", default);

    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 4, 1, 1, 2, 3, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
