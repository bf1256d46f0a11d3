// Which inputs of codec 1 pass, by the client's own tick (WORLD_RULES W-20 to W-22, W-D4).
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public class Codec1InputWindowTests
{
    private readonly TestGateway _gateway = new();
    private readonly ConnectionStateMachine _machine;
    private readonly NetworkId _ship;

    public Codec1InputWindowTests()
    {
        _machine = _gateway.Join(new FakeTransport());
        _gateway.Rounds(2);
        Assert.True(_machine.Link!.Broadcast.Replica.TryGetShip(_machine.Player, out var slot));
        _ship = _machine.Link.Broadcast.Replica.Entities.IdOf(slot);
    }

    [Fact]
    public void First_input_passes_with_any_tick_and_the_next_ones_within_six_hundred_and_the_time_since()
    {
        Assert.True(Passes(50));
        Assert.False(Passes(50));
        Assert.False(Passes(49));
        Assert.False(Passes(50 + 600 + 100));
        Assert.True(Passes(650));
        Assert.True(Passes(651));
        Assert.True(Passes(1251));
    }

    [Fact]
    public void Client_whose_clock_is_far_ahead_goes_on_flying()
    {
        var ahead = _machine.Link!.Broadcast.Tick + 5000;
        Assert.True(Passes(ahead));
        Assert.True(Passes(ahead + 600));
        Assert.True(Passes(ahead + 1200));
    }

    [Fact]
    public void Client_that_paused_for_longer_than_the_window_goes_on_flying()
    {
        Assert.True(Passes(50));
        for (var i = 0; i < 7; i++)
        {
            // Refused as a repeat, but it keeps the connection alive.
            Assert.False(Passes(50));
            _gateway.Rounds(100);
        }

        Assert.True(Passes(50 + 700));
    }

    [Fact]
    public void Input_for_an_entity_of_somebody_else_or_with_other_bits_has_no_effect()
    {
        Assert.False(Passes(1, new NetworkId(_ship.Value + 1)));
        Assert.False(Passes(1, new NetworkId(9999)));
        Assert.False(Passes(1, mask: 8));
        Assert.True(Passes(1, mask: 4));
    }

    /// <summary>Whether the room applies an input with a tick of the client's.</summary>
    private bool Passes(ulong tick, NetworkId? entity = null, uint mask = 0)
    {
        var before = Applied();
        var input = new ByteWriter();
        new InputCommand { Tick = tick, ActionsMask = mask, Actions = new InputActions([new PlayerInput { Kind = PlayerInputKind.Move, X = 1, Y = 0 }]) }.Write(input);
        _machine.Receive(Update(entity ?? _ship, input.Written), reliable: false);
        _gateway.Rounds(3);
        return Applied() != before;
    }

    private uint Applied()
    {
        var world = _gateway.Room.World;
        Assert.True(world.Entities.TryGetSlot(_ship, out var slot));
        return world.Entities.Column(World.StandardComponents.PilotStatus)[slot].AppliedCount;
    }

    private static byte[] Update(NetworkId entity, ReadOnlySpan<byte> payload)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)LinkKind.Codec1);
        new FramedUpdate { Entity = entity, Kind = ComponentKinds.InputCommand, Tick = 1, Payload = payload }.Write(writer);
        return writer.Written.ToArray();
    }
}
