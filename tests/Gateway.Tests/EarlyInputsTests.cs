// Inputs that are too early for a late room.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Commands;
using Aetheris.World;

namespace Aetheris.Gateway.Tests;

public sealed class EarlyInputsTests
{
    [Fact]
    public void An_input_that_the_queue_takes_goes_on_at_once()
    {
        var early = new EarlyInputs();
        Assert.True(early.TryAdd(At(108)));
        Assert.True(early.TryTake(100, out var input));
        Assert.Equal(108ul, input.TargetTick);
    }

    [Fact]
    public void A_room_that_stalls_gets_every_input_in_order_and_never_more_than_its_queue_takes()
    {
        var early = new EarlyInputs();
        var given = new List<ulong>();
        for (ulong target = 101; target <= 120; target++)
            Assert.True(early.TryAdd(At(target)));
        for (ulong tick = 100; tick <= 120; tick++)
        {
            while (early.TryTake(tick, out var input))
            {
                Assert.True(input.TargetTick <= tick + PilotInput.MaxQueued);
                given.Add(input.TargetTick);
            }
        }

        Assert.Equal(Enumerable.Range(101, 20).Select(n => (ulong)n), given);
    }

    [Fact]
    public void An_input_beyond_what_a_room_accepts_goes_on_so_that_its_refusal_corrects_the_clock()
    {
        var early = new EarlyInputs();
        Assert.True(early.TryAdd(At(131)));
        Assert.True(early.TryTake(100, out _));
    }

    [Fact]
    public void A_full_buffer_lets_the_oldest_go()
    {
        var early = new EarlyInputs();
        for (var i = 0; i < EarlyInputs.Capacity; i++)
            Assert.True(early.TryAdd(At(120)));
        Assert.False(early.TryAdd(At(120)));
        Assert.True(early.TryTake(100, out _));
        Assert.False(early.TryTake(100, out _));
        Assert.True(early.TryAdd(At(120)));
    }

    private static ShipInput At(ulong target) => new() { TargetTick = target };
}
