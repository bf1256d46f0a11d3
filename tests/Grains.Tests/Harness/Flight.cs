// A gateway that keeps a room going: it sends inputs, follows frames, and asks again when the room is silent.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Tests.Cluster;

namespace Aetheris.Grains.Tests.Harness;

public sealed class Flight(TwoSilos silos, string room, Witness witness, int players)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private readonly IRoomObserver _reference = silos.Reference(witness);
    private readonly TimeProvider _time = TimeProvider.System;
    private long _lastFrame;

    public IRoomGrain Room { get; } = silos.Grains.GetGrain<IRoomGrain>(room);

    public Witness Witness => witness;

    /// <summary>Answers to <see cref="IRoomGrain.RecoverAsync"/> that were adopted.</summary>
    public List<RoomSubscription> Recoveries { get; } = [];

    public async Task BeginAsync()
    {
        witness.Adopt(await Room.SubscribeAsync(witness.Id, _reference));
        for (var player = 1; player <= players; player++)
            witness.Queue(Make.Join(player));
        _lastFrame = _time.GetTimestamp();
    }

    /// <summary>Flies until some more ticks were applied.</summary>
    public Task FlyAsync(int ticks)
    {
        var until = witness.Newest.Tick + (ulong)ticks;
        return FlyUntilAsync(() => Task.FromResult(witness.Newest.Tick >= until), "frames go on");
    }

    public Task FlyUntilAsync(Func<Task<bool>> condition, string what) => ClusterFixture.EventuallyAsync(
        async () =>
        {
            await StepAsync();
            return await condition();
        },
        what);

    private async Task StepAsync()
    {
        var before = witness.Newest;
        witness.Advance();
        if (witness.Newest != before)
            _lastFrame = _time.GetTimestamp();
        else if (_time.GetElapsedTime(_lastFrame) > SilentAfter)
            await RecoverAsync();
        for (var player = 1; player <= players; player++)
            witness.Queue(Make.Input(player, witness.Newest.Tick + 3, MathF.Sin(witness.Newest.Tick * 0.01f * player), 0.5f));
        await Room.SubmitAsync(witness.Batch());
    }

    private async Task RecoverAsync()
    {
        try
        {
            var answer = await Room.RecoverAsync(witness.Id, _reference, witness.Offer()).WaitAsync(CallTimeout, TestContext.Current.CancellationToken);
            if (answer.Status != RoomStatus.Active)
                return;
            witness.Adopt(answer);
            Recoveries.Add(answer);
            _lastFrame = _time.GetTimestamp();
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            // Asked again in a moment, as a gateway does.
        }
    }
}
