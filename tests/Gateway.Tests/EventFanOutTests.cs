// Events of a room on their way to its clients, in the form that each asked for.
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public class EventFanOutTests
{
    private static readonly NetworkId Ship = new(11);
    private static readonly NetworkId Other = new(12);

    [Fact]
    public void Every_event_that_codec_1_can_say_arrives_as_its_own_words()
    {
        var broadcast = Broadcast(
            new RoomEvent { Kind = RoomEventKind.AsteroidDepleted, Entity = Ship },
            new RoomEvent { Kind = RoomEventKind.Damage, Entity = Ship, Other = Other, Amount = 25 },
            new RoomEvent { Kind = RoomEventKind.Death, Entity = Other, Other = Ship },
            new RoomEvent { Kind = RoomEventKind.Respawn, Entity = Other, X = 1.5f, Y = -2 },
            new RoomEvent { Kind = RoomEventKind.CargoCollected, Entity = Ship, Other = Other, Amount = 70_000 },
            new RoomEvent { Kind = RoomEventKind.Cleared });
        var messages = broadcast.For(PlayerId.None, ConnectionEpoch.None, EventForm.Codec1);
        Assert.Equal(6, messages.Count);
        var names = new List<string>();
        for (var i = 0; i < messages.Count; i++)
        {
            Assert.Equal((byte)LinkKind.Codec1, messages[i][0]);
            Assert.True(WireEvent.TryRead(messages[i][1..], out var wire));
            names.Add(wire.Kind == WireEventKind.GameEvent ? wire.Game.Kind.ToString() : wire.Kind.ToString());
            switch (wire.Game.Kind)
            {
                case GameEventKind.DamageEvent:
                    Assert.Equal((Ship, Other, (ushort)25), (wire.Game.Source, wire.Game.Entity, wire.Game.Amount));
                    break;
                case GameEventKind.DeathEvent:
                    Assert.Equal(Other, wire.Game.Entity);
                    break;
                case GameEventKind.RespawnEvent:
                    Assert.Equal((Other, 1.5f, -2f), (wire.Game.Entity, wire.Game.X, wire.Game.Y));
                    break;
                case GameEventKind.CargoCollected:
                    Assert.Equal((Ship, ushort.MaxValue), (wire.Game.Entity, wire.Game.Amount));
                    break;
            }
        }

        Assert.Equal(["AsteroidDepleted", "DamageEvent", "DeathEvent", "RespawnEvent", "CargoCollected", "ClearWorld"], names);
        Assert.Equal(0, broadcast.For(PlayerId.None, ConnectionEpoch.None, EventForm.BesidesCodec1).Count);
    }

    [Fact]
    public void Each_event_reaches_a_codec_1_client_exactly_once_whichever_way()
    {
        var player = new PlayerId(0, 5);
        var connection = new ConnectionEpoch(2);
        RoomEvent[] events =
        [
            new() { Kind = RoomEventKind.Joined, To = player, Connection = connection, Entity = Ship },
            new() { Kind = RoomEventKind.Possession, To = player, Connection = connection, Entity = Ship },
            new() { Kind = RoomEventKind.Death, Entity = Other },
            new() { Kind = RoomEventKind.Despawned, Entity = Other },
        ];
        var broadcast = Broadcast(events);
        Assert.Equal(2, broadcast.For(player, connection, EventForm.Codec1).Count);
        var rest = new List<RoomEvent>();
        var batch = broadcast.For(player, connection, EventForm.BesidesCodec1);
        Assert.True(EventBatch.TryRead(batch[0], out _, out _, rest));
        Assert.Equal([RoomEventKind.Joined, RoomEventKind.Despawned], rest.Select(e => e.Kind));
        Assert.Equal(1, broadcast.For(new PlayerId(0, 6), connection, EventForm.Codec1).Count);
    }

    [Fact]
    public void All_clients_of_a_room_that_are_not_addressed_share_the_same_bytes()
    {
        var broadcast = Broadcast(new RoomEvent { Kind = RoomEventKind.Death, Entity = Ship });
        foreach (var form in Enum.GetValues<EventForm>())
            Assert.Same(broadcast.For(new PlayerId(0, 1), new ConnectionEpoch(1), form), broadcast.For(new PlayerId(0, 2), new ConnectionEpoch(7), form));
    }

    [Fact]
    public void A_client_that_asks_for_codec_1_events_gets_them_reliably_and_others_their_batches()
    {
        var gateway = new TestGateway();
        var original = new FakeTransport();
        var ours = new FakeTransport();
        var machine = gateway.Join(original, codec1Events: true);
        gateway.NextConnection = 4;
        var other = gateway.Join(ours);
        Assert.True(machine.TryGetShip(out var ship));
        Assert.Equal([ship], original.Codec1Events(GameEventKind.Possession).Select(e => e.Entity));
        Assert.Empty(ours.Codec1Events(GameEventKind.Possession));
        Assert.True(other.TryGetShip(out var second));
        Assert.Contains(ours.Events(), e => e.Kind == RoomEventKind.Possession && e.Entity == second);

        gateway.Room.World.Entities.TryGetSlot(second, out var slot);
        gateway.Room.World.Entities.Column(StandardComponents.ShieldPool).Set(slot, default);
        gateway.Room.World.Entities.Column(StandardComponents.HullPool).Set(slot, new Protocol.Components.HullPool { Current = 1, Max = 200 });
        Shoot(gateway, machine);
        Assert.Equal([second], original.Codec1Events(GameEventKind.DeathEvent).Select(e => e.Entity));
        Assert.DoesNotContain(original.Events(), e => e.Kind is RoomEventKind.Death or RoomEventKind.Damage or RoomEventKind.Possession);
        Assert.Contains(original.Events(), e => e.Kind == RoomEventKind.Despawned && e.Entity == second);
        Assert.Equal([second], ours.Events().Where(e => e.Kind == RoomEventKind.Death).Select(e => e.Entity));
        Assert.Empty(ours.Codec1Events(GameEventKind.DeathEvent));

        // T-54: the dead pilot has no ship, and asking for one answers with the next, when it is there.
        Assert.False(other.TryGetShip(out _));
        other.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        gateway.Rounds(60);
        Assert.Empty(ours.Codec1Events(GameEventKind.Possession));
        gateway.Rounds(140);
        var next = Assert.Single(ours.Codec1Events(GameEventKind.Possession)).Entity;
        Assert.NotEqual(second, next);
        Assert.True(other.TryGetShip(out var now));
        Assert.Equal(now, next);
    }

    [Fact]
    public void The_state_of_the_room_is_there_before_the_first_event()
    {
        var gateway = new TestGateway();
        var transport = new FakeTransport();
        gateway.Join(transport, codec1Events: true);
        var image = transport.Sent.FindIndex(sent => sent.Bytes[0] == (byte)LinkKind.Codec1
            && WireEvent.TryRead(sent.Bytes.AsSpan(1), out var wire) && wire.Kind == WireEventKind.ReplicationBatch);
        var possession = transport.Sent.FindIndex(sent => sent.Bytes[0] == (byte)LinkKind.Codec1
            && WireEvent.TryRead(sent.Bytes.AsSpan(1), out var wire) && wire.Kind == WireEventKind.GameEvent);
        Assert.InRange(image, 0, possession - 1);
        Assert.True(transport.Sent[image].Reliable);
    }

    [Fact]
    public void Clients_of_a_room_get_the_same_state_bytes_and_they_are_encoded_once()
    {
        var gateway = new TestGateway();
        var transports = new[] { new FakeTransport(), new FakeTransport(), new FakeTransport() };
        foreach (var transport in transports)
        {
            gateway.Join(transport);
            gateway.NextConnection++;
        }

        foreach (var transport in transports)
            transport.Sent.Clear();
        gateway.Rounds(30);
        var first = State(transports[0]);
        Assert.NotEmpty(first);
        Assert.All(transports, transport => Assert.Equal(first, State(transport)));

        static List<string> State(FakeTransport transport) =>
            [.. transport.Sent.Where(sent => sent.Bytes[0] == (byte)LinkKind.Codec1).Select(sent => Convert.ToHexString(sent.Bytes))];
    }

    [Fact]
    public void Nothing_of_a_room_reaches_the_clients_of_another()
    {
        var (here, there) = (new FakePort(), new FakePort());
        var (room, other) = (new TestRoom(), new TestRoom());
        var (member, stranger) = (new FakeMember(1), new FakeMember(2));
        RoomLink[] links = [Link(here, room, "here"), Link(there, other, "there")];
        links[0].Enter(member);
        links[1].Enter(stranger);
        for (var now = 1; now < 40; now += 16)
        {
            links[0].Step(now);
            links[1].Step(now);
            links[0].Receive(room.Tick(TestRoom.Stress(3), TestRoom.Clear(), Joining(member), Joining(stranger)));
        }

        Assert.NotEmpty(member.Ticks);
        Assert.NotEmpty(member.Events);
        Assert.Empty(stranger.Events);
        Assert.DoesNotContain(stranger.Ticks, tick => tick > 1);
        Assert.Equal(0, links[1].Broadcast.Replica.Entities.Count);

        static Command Joining(FakeMember member) => member.CreateJoin();

        static RoomLink Link(FakePort port, TestRoom room, string name)
        {
            room.Tick();
            port.AutoAnswer = () => new RoomSubscription(RoomStatus.Active, room.Image(), 0, 60);
            return new RoomLink(name, new GatewayId(9), port, WorldDefinition.Standard, new GatewayOptions(), new GatewayMetrics(), NullLogger.Instance, 0);
        }
    }

    [Fact]
    public void A_spectator_gets_the_state_of_the_room_and_no_ship()
    {
        var gateway = new TestGateway();
        gateway.Join(new FakeTransport());
        gateway.NextConnection = 4;
        var transport = new FakeTransport();
        var machine = gateway.Connect(transport, gateway.Token(spectate: true));
        gateway.Rounds(20);
        Assert.Equal(Connections.ConnectionStage.InRoom, machine.Stage);
        Assert.False(machine.TryGetShip(out _));
        Assert.Contains(transport.Sent, sent => sent.Bytes[0] == (byte)LinkKind.Codec1 && sent.Reliable);
        Assert.Contains(transport.Sent, sent => sent.Bytes[0] == (byte)LinkKind.Codec1 && !sent.Reliable);
        machine.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        gateway.Rounds(3);
        Assert.False(machine.TryGetShip(out _));
        Assert.Single(gateway.Room.Ships());
    }

    private static EventBroadcast Broadcast(params RoomEvent[] events)
    {
        var broadcast = new EventBroadcast();
        broadcast.Encode([.. events], [], 1, 3);
        return broadcast;
    }

    private static void Shoot(TestGateway gateway, Connections.ConnectionStateMachine machine)
    {
        for (var i = 0; i < 60; i++)
        {
            gateway.Port.OnFrame!(gateway.Room.Tick(new Command
            {
                Kind = CommandKind.Input,
                Player = machine.Player,
                Connection = machine.Connection,
                Input = new ShipInput { TargetTick = gateway.Room.World.Tick + 1, Buttons = InputButtons.Fire },
            }));
            gateway.Rounds(1);
        }
    }
}
