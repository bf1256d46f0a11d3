// Inputs are forwarded once and in order whatever the network does.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;
using CsCheck;

namespace Aetheris.Gateway.Tests;

public class InputReceiverTests
{
    [Fact]
    public void Inputs_are_forwarded_once_and_in_order_under_loss_reordering_and_duplicates()
    {
        // Per sent packet: how many copies arrive and how late each is.
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 12], Gen.Int[1, 8]).Array[1, 200].Sample(plan =>
        {
            var arrivals = new List<(int At, int Order, uint Newest, int Count)>();
            for (var i = 0; i < plan.Length; i++)
            {
                for (var copy = 0; copy < plan[i].Item1; copy++)
                    arrivals.Add((i + (plan[i].Item2 * (copy + 1)), arrivals.Count, (uint)i + 1, Math.Min(i + 1, plan[i].Item3)));
            }

            arrivals.Sort();
            var receiver = default(InputReceiver);
            var forwarded = new List<ulong>();
            var newestFirst = new ShipInput[8];
            var forward = new ShipInput[8];
            foreach (var (_, _, newest, count) in arrivals)
            {
                for (var n = 0; n < count; n++)
                    newestFirst[n] = new ShipInput { TargetTick = newest - (uint)n };
                var packet = new InputPacket { NewestSequence = newest, Count = count };
                var new_ = receiver.Receive(in packet, newestFirst, forward);
                for (var n = 0; n < new_; n++)
                    forwarded.Add(forward[n].TargetTick);
            }

            for (var i = 1; i < forwarded.Count; i++)
                Assert.True(forwarded[i] > forwarded[i - 1]);
            Assert.Equal(arrivals.Count == 0 ? 0 : arrivals.Max(a => a.Newest), receiver.ReceivedSequence);
            Assert.Equal(receiver.ReceivedSequence, (ulong)forwarded.Count + (ulong)receiver.Unreceived);
            for (var n = 0; n < 64 && receiver.ReceivedSequence > (uint)n + 1; n++)
                Assert.Equal(forwarded.Contains(receiver.ReceivedSequence - 1 - (uint)n), (receiver.ReceivedHistory >> n & 1) == 1);
        });
    }

    [Fact]
    public void Inputs_with_values_that_may_not_enter_a_room_are_not_forwarded()
    {
        var receiver = default(InputReceiver);
        var packet = new InputPacket { NewestSequence = 1, Count = 1 };
        Assert.Equal(0, receiver.Receive(in packet, [new ShipInput { TargetTick = 5, MoveX = float.NaN }], new ShipInput[8]));
        Assert.Equal(0u, receiver.ReceivedSequence);
    }
}
