// A connection's stages, deadlines, refusals and messages.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using CsCheck;

namespace Aetheris.Gateway.Tests;

public class ConnectionStateMachineTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new();

    [Fact]
    public void A_good_token_leads_to_accept_then_the_whole_state_then_acknowledgements()
    {
        _gateway.Join(_transport);
        _gateway.Rounds(3);
        var controls = _transport.Controls();
        Assert.Equal(ControlKind.Accept, controls[0].Kind);
        Assert.Equal(("r", 60, new ConnectionEpoch(3)), (controls[0].Text, (int)controls[0].TickRate, controls[0].Connection));
        Assert.Equal((byte)LinkKind.Codec1, _transport.Sent[1].Bytes[0]);
        Assert.True(_transport.Sent[1].Reliable);
        Assert.Contains(_transport.Sent, sent => sent.Bytes[0] == (byte)LinkKind.Events && sent.Reliable);
        Assert.Contains(controls, control => control.Kind == ControlKind.InputAck);
    }

    [Theory]
    [InlineData(9, 1, CloseReason.UnsupportedVersion)]
    [InlineData(1, 3, CloseReason.UnsupportedVersion)]
    public void Other_versions_and_codecs_are_refused_with_a_readable_reason(int version, int codec, CloseReason reason)
    {
        var machine = _gateway.Connect(_transport, _gateway.Token(), (ushort)version, (byte)codec);
        AssertRefused(machine, reason);
    }

    [Fact]
    public void Bad_used_and_expired_tokens_are_refused()
    {
        AssertRefused(_gateway.Connect(_transport, "nonsense"), CloseReason.BadToken);
        AssertRefused(_gateway.Set.Open(_transport, [1, 2, 3]), CloseReason.BadToken);
        _transport.IsOpen = true;

        var token = _gateway.Token();
        _gateway.Connect(new FakeTransport(), token);
        _gateway.Rounds(1);
        AssertRefused(_gateway.Connect(_transport, token), CloseReason.UsedToken);

        _transport.IsOpen = true;
        var old = _gateway.Token();
        _gateway.Time.Advance(TimeSpan.FromSeconds(40));
        _gateway.Rounds(70);
        _transport.IsOpen = true;
        AssertRefused(_gateway.Connect(_transport, old), CloseReason.ExpiredToken);
    }

    [Fact]
    public void A_session_s_refusal_reaches_the_client()
    {
        _gateway.Lease = new SessionLease(Granted: false, (byte)CloseReason.Revoked, ConnectionEpoch.None, "player", default);
        AssertRefused(_gateway.Connect(_transport, _gateway.Token()), CloseReason.Revoked);
    }

    [Fact]
    public void Handshake_and_join_have_deadlines_of_5_s_and_closing_of_1_s()
    {
        _gateway.VerifyHangs = true;
        var machine = _gateway.Connect(_transport, _gateway.Token());
        Pass(4.9);
        Assert.Equal(ConnectionStage.Handshake, machine.Stage);
        Pass(0.2);
        Assert.Equal((ConnectionStage.Closing, CloseReason.Timeout), (machine.Stage, machine.Reason));
        Assert.True(_transport.IsOpen);
        Pass(1.1);
        Assert.Equal(ConnectionStage.Closed, machine.Stage);
        Assert.False(_transport.IsOpen);

        _gateway.VerifyHangs = false;
        _gateway.ClaimHangs = true;
        machine = _gateway.Connect(new FakeTransport(), _gateway.Token());
        Pass(4.9);
        Assert.Equal(ConnectionStage.Authenticated, machine.Stage);
        Pass(0.4);
        Assert.Equal((ConnectionStage.Closing, CloseReason.RoomUnavailable), (machine.Stage, machine.Reason));
    }

    [Fact]
    public void A_silent_connection_is_closed_after_10_s_unless_its_transport_hears_it()
    {
        var machine = _gateway.Join(_transport);
        _transport.SilentMilliseconds = 100;
        Pass(15);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        _transport.SilentMilliseconds = 20_000;
        Pass(0.1);
        Assert.Equal(CloseReason.Timeout, machine.Reason);
    }

    [Fact]
    public void A_replaced_session_is_told_within_a_second()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Lease = new SessionLease(Granted: false, (byte)CloseReason.Replaced, ConnectionEpoch.None, "player", default);
        _gateway.Rounds(64);
        Assert.Equal(CloseReason.Replaced, machine.Reason);
        Assert.Equal(CloseReason.Replaced, _transport.Controls()[^1].Code);
    }

    [Fact]
    public void A_lease_that_ends_closes_the_connection()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Lease = new SessionLease(Granted: true, 0, new ConnectionEpoch(3), "player", _gateway.Time.GetUtcNow() + TimeSpan.FromSeconds(3));
        Keep(machine, 2);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        Keep(machine, 1.5);
        Assert.Equal(CloseReason.ExpiredToken, machine.Reason);
    }

    [Fact]
    public void Quitting_takes_the_ship_away_and_losing_the_connection_does_not()
    {
        var machine = _gateway.Join(_transport);
        var ships = Ships();
        machine.Receive(Control(new ControlMessage { Kind = ControlKind.Close, Code = CloseReason.Quit }), reliable: true);
        _gateway.Rounds(3);
        Assert.Equal(ships - 1, Ships());
        Assert.Equal([new ConnectionEpoch(3)], _gateway.Released);

        machine = _gateway.Join(new FakeTransport());
        ships = Ships();
        machine.Lost();
        _gateway.Rounds(3);
        Assert.Equal(ships, Ships());
        Assert.Equal(0, _gateway.Set.Count);
    }

    [Fact]
    public void Inputs_reach_the_room_once_and_are_acknowledged()
    {
        var machine = _gateway.Join(_transport);
        var target = _gateway.Room.World.Tick + 5;
        var packet = new ByteWriter();
        var head = new InputPacket { NewestSequence = 2 };
        InputPacket.Write(packet, in head, [new ShipInput { TargetTick = target + 1, MoveX = 1 }, new ShipInput { TargetTick = target, MoveX = 1 }]);
        machine.Receive(packet.Written, reliable: false);
        machine.Receive(packet.Written, reliable: false);
        _gateway.Rounds(12);
        var ack = _transport.Controls().Last(control => control.Kind == ControlKind.InputAck);
        Assert.Equal((2u, 2u, target + 1, 1ul), (ack.ReceivedSequence, ack.AppliedCount, ack.AppliedTick, ack.ReceivedHistory));
    }

    [Fact]
    public void Pings_are_answered_with_their_stamp()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Control(new ControlMessage { Kind = ControlKind.Ping, Stamp = 42 }), reliable: false);
        Assert.Equal(42ul, _transport.Controls().Last(control => control.Kind == ControlKind.Pong).Stamp);
        machine.Receive(Codec1(new WireEvent { Kind = WireEventKind.Ping, Tick = 7 }), reliable: false);
        Assert.True(WireEvent.TryRead(_transport.Sent[^1].Bytes.AsSpan(1), out var pong));
        Assert.Equal((WireEventKind.Pong, 7ul), (pong.Kind, pong.Tick));
    }

    [Theory]
    [InlineData(PlayerRole.Player, false, true, false)]
    [InlineData(PlayerRole.Admin, false, true, true)]
    [InlineData(PlayerRole.Admin, false, false, false)]
    [InlineData(PlayerRole.Player, true, true, true)]
    public void Privileged_messages_need_the_role_or_Development_and_the_reliable_channel(string role, bool development, bool reliable, bool honoured)
    {
        var gateway = new TestGateway(development);
        var machine = gateway.Join(_transport, role);
        var before = gateway.Room.World.Entities.Count;
        machine.Receive(Codec1(new WireEvent { Kind = WireEventKind.StressTest, Count = 20, Rotate = true }), reliable);
        gateway.Rounds(3);
        Assert.Equal(honoured, gateway.Room.World.Entities.Count >= before + 20);
    }

    [Fact]
    public void A_codec_1_input_of_the_own_ship_moves_it_and_any_other_component_is_refused()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Rounds(2);
        Assert.True(machine.Link!.Broadcast.Replica.TryGetShip(machine.Player, out var slot));
        var ship = machine.Link.Broadcast.Replica.Entities.IdOf(slot);
        var input = new ByteWriter();
        new InputCommand { Tick = 1, Actions = new InputActions([new PlayerInput { Kind = PlayerInputKind.Move, X = 1, Y = 0 }]) }.Write(input);
        var position = Position(machine, ship);
        machine.Receive(Update(ship, ComponentKinds.Transform, input.Written), reliable: false);
        _gateway.Rounds(10);
        Assert.Equal(position, Position(machine, ship));
        machine.Receive(Update(ship, ComponentKinds.InputCommand, input.Written), reliable: false);
        _gateway.Rounds(10);
        Assert.NotEqual(position, Position(machine, ship));
    }

    [Fact]
    public void A_flood_is_dropped_and_then_closed_as_a_violation()
    {
        var machine = _gateway.Join(_transport);
        for (var i = 0; i < 1000; i++)
            machine.Receive(Control(new ControlMessage { Kind = ControlKind.Ping }), reliable: false);
        Assert.Equal(CloseReason.Violation, machine.Reason);
        Assert.InRange(_transport.Controls().Count(control => control.Kind == ControlKind.Pong), 60, 130);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(128)]
    public void A_client_that_sends_an_input_per_tick_and_pings_is_within_its_budget(ushort tickRate)
    {
        _gateway.TickRate = tickRate;
        _transport.SilentMilliseconds = 0;
        var machine = _gateway.Join(_transport);
        var messages = 0;
        for (var second = 0; second < 20; second++)
        {
            for (var round = 0; round < 50; round++)
            {
                for (var tick = 0; tick < (tickRate + 49) / 50; tick++, messages++)
                    machine.Receive(Control(new ControlMessage { Kind = ControlKind.Ping }), reliable: false);
                _gateway.Rounds(1);
            }

            _gateway.Time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(messages, _transport.Controls().Count(control => control.Kind == ControlKind.Pong));
    }

    [Fact]
    public void A_silent_room_pauses_its_clients()
    {
        _gateway.Join(_transport);
        _gateway.Rounds(60, ticks: false);
        Assert.InRange(_transport.Controls().Count(control => control.Kind == ControlKind.Pause), 10, 20);
    }

    [Fact]
    public void A_stopping_gateway_says_that_it_goes_away()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Set.CloseAll(CloseReason.GoingAway);
        Assert.Equal(CloseReason.GoingAway, _transport.Controls()[^1].Code);
        Pass(1.2);
        Assert.Equal(ConnectionStage.Closed, machine.Stage);
        Assert.Equal(0, _gateway.Set.Count);
    }

    [Fact]
    public void Failed_sends_are_never_logged()
    {
        var machine = _gateway.Join(_transport);
        _transport.TakesNothing = true;
        for (var i = 0; i < 100; i++)
        {
            machine.Receive(Control(new ControlMessage { Kind = ControlKind.Ping }), reliable: false);
            machine.Receive(Codec1(new WireEvent { Kind = WireEventKind.RequestSystemManifest }), reliable: true);
            _gateway.Rounds(1);
        }

        machine.Close(CloseReason.Revoked);
        _gateway.Rounds(100);
        Assert.True(_transport.Refused > 300);
        Assert.Empty(_gateway.Log.Lines);
        Assert.Empty(_gateway.Audit.Lines);
        Assert.Equal(ConnectionStage.Closed, machine.Stage);
    }

    [Fact]
    public void Every_frame_brings_a_Clock_or_an_acknowledgement_changes_or_not()
    {
        var watching = new FakeTransport();
        _gateway.Connect(watching, _gateway.Token(spectate: true));
        _gateway.Rounds(10);
        Assert.Empty(_gateway.Room.Ids());
        AssertTicks(watching, ControlKind.Clock);

        _gateway.Join(_transport);
        _gateway.Rounds(30);
        AssertTicks(watching, ControlKind.Clock);
        AssertTicks(_transport, ControlKind.InputAck);

        void AssertTicks(FakeTransport transport, ControlKind kind)
        {
            transport.Sent.Clear();
            var first = _gateway.Room.World.Tick;
            _gateway.Rounds(20);
            Assert.Equal(Enumerable.Range(0, 20).Select(i => first + (ulong)i), transport.Controls().Where(control => control.Kind == kind).Select(control => control.Tick));
        }
    }

    [Fact]
    public void A_stopping_gateway_refuses_newcomers_and_has_no_place()
    {
        _gateway.Join(_transport);
        Assert.True(_gateway.Set.HasPlace);
        _gateway.Set.CloseAll(CloseReason.GoingAway);
        Assert.False(_gateway.Set.HasPlace);
        var transport = new FakeTransport();
        var newcomer = _gateway.Connect(transport, _gateway.Token());
        Assert.Equal((ConnectionStage.Closing, CloseReason.GoingAway), (newcomer.Stage, newcomer.Reason));
        var reject = Assert.Single(transport.Controls());
        Assert.Equal((ControlKind.Reject, CloseReason.GoingAway), (reject.Kind, reject.Code));
        Pass(1.2);
        Assert.Equal((ConnectionStage.Closed, 0), (newcomer.Stage, _gateway.Set.Count));
        Assert.False(transport.IsOpen);
    }

    [Fact]
    public void Any_bytes_from_a_client_never_throw()
    {
        var good = new[]
        {
            Codec1(new WireEvent { Kind = WireEventKind.StressTest, Count = 3, Rotate = true }),
            Codec1(new WireEvent { Kind = WireEventKind.Fragment, Fragment = new FragmentedEvent { MessageId = 1, TotalFragments = 1, Payload = new byte[20] } }),
            Update(new NetworkId(1), ComponentKinds.InputCommand, [0x94, 1, 0x90, 0, 0xC0]),
            Control(new ControlMessage { Kind = ControlKind.Ping, Stamp = 1 }),
        };
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 4], Gen.Int[0, good.Length - 1], Gen.Int[0, 100], Gen.Byte).Array[1, 50].Sample(
            messages =>
            {
                var gateway = new TestGateway(isDevelopment: true);
                gateway.Options.InboundBytesPerSecond = 1_000_000;
                var machine = gateway.Join(new FakeTransport());
                foreach (var (random, kind, which, at, value) in messages)
                {
                    if (random.Length > 0)
                        random[0] = (byte)kind;
                    machine.Receive(random, reliable: value % 2 == 0);
                    var mutated = good[which].ToArray();
                    mutated[at % mutated.Length] = value;
                    machine.Receive(mutated, reliable: value % 2 == 0);
                }

                gateway.Rounds(2);
            },
            iter: 100,
            threads: 1);
        Gen.Byte.Array[0, 1000].Sample(
            bytes =>
            {
                _gateway.Set.Open(new FakeTransport(), bytes);
            },
            threads: 1);
    }

    private static byte[] Control(ControlMessage message)
    {
        var writer = new ByteWriter();
        message.Write(writer);
        return writer.Written.ToArray();
    }

    private static byte[] Codec1(in WireEvent wire)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)LinkKind.Codec1);
        wire.Write(writer);
        return writer.Written.ToArray();
    }

    private static byte[] Update(NetworkId entity, ushort kind, ReadOnlySpan<byte> payload)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)LinkKind.Codec1);
        new FramedUpdate { Entity = entity, Kind = kind, Tick = 1, Payload = payload }.Write(writer);
        return writer.Written.ToArray();
    }

    private static (float, float) Position(ConnectionStateMachine machine, NetworkId ship)
    {
        var entities = machine.Link!.Broadcast.Replica.Entities;
        Assert.True(entities.TryGetSlot(ship, out var slot));
        var transform = entities.Column(StandardComponents.Transform)[slot];
        return (transform.X, transform.Y);
    }

    private int Ships()
    {
        var count = 0;
        foreach (var slot in _gateway.Room.World.Entities.Slots)
            count += _gateway.Room.World.Entities.Column(StandardComponents.PilotStatus).Has(slot) ? 1 : 0;
        return count;
    }

    private void AssertRefused(ConnectionStateMachine machine, CloseReason reason)
    {
        _gateway.Rounds(2);
        var reject = _transport.Controls()[^1];
        Assert.Equal((ControlKind.Reject, reason), (reject.Kind, reject.Code));
        Assert.True(reject.Reason!.Length > 10);
        Assert.Equal(ConnectionStage.Closing, machine.Stage);
    }

    private void Pass(double seconds) => _gateway.Rounds((int)Math.Round(seconds * 1000 / 16));

    private void Keep(ConnectionStateMachine machine, double seconds)
    {
        for (var i = 0; i < seconds * 10; i++)
        {
            machine.Receive(Control(new ControlMessage { Kind = ControlKind.Ping }), reliable: false);
            _gateway.Rounds(6);
        }
    }
}
