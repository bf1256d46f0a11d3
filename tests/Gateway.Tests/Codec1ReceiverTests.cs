// What codec-1 messages of a client may do, and what becomes of the rest.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Tests;

public class Codec1ReceiverTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new() { SilentMilliseconds = 0 };

    public static TheoryData<ushort> ComponentNumbers => [.. Codec1Components.Standard.All.ToArray().Select(codec => codec.Kind)];

    [Theory]
    [MemberData(nameof(ComponentNumbers))]
    public void No_owner_can_set_a_component_of_their_ship(ushort kind)
    {
        var machine = _gateway.Join(_transport);
        Assert.True(machine.TryGetShip(out var ship));
        var before = _gateway.Room.World.StateHash();
        machine.Receive(Messages.Update(ship, kind, [0x95, 1, 1, 0, 0, 1]), reliable: false);
        machine.Receive(Messages.Update(ship, kind, [0x92, 9, 9]), reliable: true);
        Assert.Equal(0, machine.Link!.Outbox.Count);
        Assert.Equal(before, _gateway.Room.World.StateHash());
        Assert.Equal(2, _gateway.Metrics.ForbiddenUpdates[EncoderMetrics.LabelOf(kind)]);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void Kinds_that_a_client_makes_up_share_one_label()
    {
        var machine = _gateway.Join(_transport);
        for (ushort kind = 2000; kind < 2050; kind++)
            machine.Receive(Messages.Update(new NetworkId(1), kind, [1]), reliable: false);
        Assert.Equal(50, _gateway.Metrics.ForbiddenUpdates["other"]);
        Assert.Equal(0, machine.Link!.Outbox.Count);
    }

    [Fact]
    public void A_batch_of_updates_from_a_client_is_refused_as_a_whole()
    {
        var machine = _gateway.Join(_transport);
        Assert.True(machine.TryGetShip(out var ship));
        var batch = new ByteWriter();
        batch.WriteByte((byte)LinkKind.Codec1);
        var writer = ReplicationBatchWriter.Begin(batch);
        Assert.True(writer.TryAppend(ship, ComponentKinds.HullPool, [0x92, 1, 1], 1));
        Assert.True(writer.TryAppend(ship, ComponentKinds.InputCommand, Messages.MoveInput(5), 1));
        writer.End();
        machine.Receive(batch.Written, reliable: true);
        Assert.Equal(0, machine.Link!.Outbox.Count);
        Assert.Equal(1, _gateway.Metrics.ForbiddenUpdates[EncoderMetrics.LabelOf(ComponentKinds.HullPool)]);
        Assert.Equal(1, _gateway.Metrics.ForbiddenUpdates[EncoderMetrics.LabelOf(ComponentKinds.InputCommand)]);
    }

    [Fact]
    public void An_input_for_another_ship_steers_nothing()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Update(new NetworkId(999), ComponentKinds.InputCommand, Messages.MoveInput(5)), reliable: false);
        Assert.Equal(0, machine.Link!.Outbox.Count);
    }

    [Fact]
    public void Commands_keep_the_order_in_which_they_arrived()
    {
        var machine = _gateway.Join(_transport, PlayerRole.Admin);
        Assert.True(machine.TryGetShip(out var ship));
        machine.Receive(Messages.Update(ship, ComponentKinds.InputCommand, Messages.MoveInput(5)), reliable: false);
        machine.Receive(Messages.Codec1(WireEventKind.ClearWorld), reliable: true);
        _gateway.Links.Flush(_gateway.Clock.Now + 1000);
        Assert.Equal(
            [Protocol.Commands.CommandKind.Input, Protocol.Commands.CommandKind.ClearWorld],
            _gateway.Port.LastCommands(out _).Select(command => command.Kind));
    }

    [Theory]
    [InlineData(WireEventKind.Pong)]
    [InlineData(WireEventKind.GameEvent)]
    public void Events_that_only_a_server_sends_do_nothing(WireEventKind kind)
    {
        var machine = _gateway.Join(_transport);
        var sent = _transport.Sent.Count;
        machine.Receive(Messages.Codec1(kind), reliable: true);
        Assert.Equal(sent, _transport.Sent.Count);
        Assert.Equal(0, machine.Link!.Outbox.Count);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void Garbage_closes_nobody_at_once_and_logs_nothing()
    {
        var machine = _gateway.Join(_transport);
        for (var i = 0; i < 100; i++)
        {
            machine.Receive([(byte)LinkKind.Codec1, 0xC1, (byte)i], reliable: i % 2 == 0);
            _gateway.Rounds(1);
        }

        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        Assert.Empty(_gateway.Log.Lines);
    }

    [Fact]
    public void A_session_is_started_on_the_reliable_channel_only_and_never_twice()
    {
        var machine = _gateway.Join(_transport);
        Assert.True(machine.TryGetShip(out var ship));
        machine.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: false);
        Assert.Empty(_transport.Codec1Events(GameEventKind.Possession));
        machine.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        machine.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        _gateway.Rounds(3);
        Assert.All(_transport.Codec1Events(GameEventKind.Possession), possession => Assert.Equal(ship, possession.Entity));
        Assert.Equal([ship.Value], _gateway.Room.Ships());
    }

    [Fact]
    public void A_Pong_tells_the_server_tick_and_when_the_ping_was_received()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Ping(stamp: 42), reliable: false);
        var pong = _transport.Controls()[^1];
        Assert.Equal((ControlKind.Pong, 42ul, machine.Link!.Broadcast.Tick), (pong.Kind, pong.Stamp, pong.Tick));
        var now = (_gateway.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMicroseconds;
        Assert.InRange(now - pong.Received, 0, 2_000_000);
        Assert.False(_transport.Sent[^1].Reliable);
    }

    [Fact]
    public void A_fragmented_message_counts_once_it_is_whole_in_any_order()
    {
        var machine = _gateway.Join(_transport);
        var message = Messages.Codec1(WireEventKind.RequestSystemManifest).AsSpan(1);
        machine.Receive(Messages.Fragment(1, 1, 2, message[4..]), reliable: false);
        Assert.Equal(1, machine.OpenFragments);
        Assert.Empty(_transport.Manifests());
        machine.Receive(Messages.Fragment(1, 0, 2, message[..4]), reliable: false);
        Assert.Single(_transport.Manifests());
        Assert.Equal(0, machine.OpenFragments);
    }

    [Fact]
    public void A_fragment_in_a_fragment_is_not_unwrapped()
    {
        var machine = _gateway.Join(_transport);
        var inner = Messages.Fragment(7, 0, 1, Messages.Codec1(WireEventKind.RequestSystemManifest).AsSpan(1)).AsSpan(1);
        machine.Receive(Messages.Fragment(8, 0, 1, inner), reliable: true);
        Assert.Empty(_transport.Manifests());
        machine.Receive(Messages.Fragment(9, 0, 1, Messages.Codec1(WireEventKind.RequestSystemManifest).AsSpan(1)), reliable: true);
        Assert.Single(_transport.Manifests());
    }

    [Fact]
    public void Incomplete_messages_end_after_five_seconds_of_ticks_though_the_client_is_silent()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Fragment(1, 0, 2, [1]), reliable: false);
        _gateway.Time.Advance(TimeSpan.FromSeconds(9));
        _gateway.Rounds(299);
        Assert.Equal(1, machine.OpenFragments);
        _gateway.Rounds(3);
        Assert.Equal(0, machine.OpenFragments);
    }

    [Fact]
    public void Incomplete_messages_go_with_their_connection()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Fragment(1, 0, 2, [1]), reliable: true);
        machine.Receive(Messages.Fragment(1, 0, 2, [1]), reliable: false);
        Assert.Equal(2, machine.OpenFragments);
        machine.Lost();
        Assert.Equal(0, machine.OpenFragments);
    }

    [Fact]
    public void Fragments_of_two_channels_and_of_an_older_reliable_message_never_make_one_message()
    {
        var machine = _gateway.Join(_transport);
        var message = Messages.Codec1(WireEventKind.RequestSystemManifest)[1..];
        machine.Receive(Messages.Fragment(1, 0, 2, message.AsSpan(0, 4)), reliable: true);
        machine.Receive(Messages.Fragment(1, 1, 2, message.AsSpan(4)), reliable: false);
        Assert.Empty(_transport.Manifests());

        // Ids wrapped: another message ended, then the same id comes again.
        machine.Receive(Messages.Fragment(2, 0, 1, message), reliable: true);
        Assert.Single(_transport.Manifests());
        machine.Receive(Messages.Fragment(1, 1, 2, message.AsSpan(4)), reliable: true);
        Assert.Single(_transport.Manifests());
    }

    [Fact]
    public void A_tick_takes_64_messages_of_a_client_and_drops_the_rest()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Rounds(2);
        for (var i = 0; i < 100; i++)
            machine.Receive(Messages.Ping(), reliable: false);
        Assert.Equal(InboundBudget.MaxMessagesPerTick, Pongs());
        _gateway.Rounds(1);
        machine.Receive(Messages.Ping(), reliable: false);
        Assert.Equal(InboundBudget.MaxMessagesPerTick + 1, Pongs());
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);

        int Pongs() => _transport.Controls().Count(control => control.Kind == ControlKind.Pong);
    }

    [Fact]
    public void A_tick_takes_32_KiB_of_a_client_and_drops_the_rest()
    {
        var budget = new InboundBudget(60, 1_000_000, 0);
        Assert.True(budget.TryTake(LinkLimits.MaxInboundMessage, 0));
        Assert.True(budget.TryTake(LinkLimits.MaxInboundMessage, 0));
        Assert.False(budget.TryTake(1, 50));
        budget.BeginTick();
        Assert.True(budget.TryTake(1, 50));
        Assert.False(budget.TryTake(LinkLimits.MaxInboundMessage + 1, 1000));
    }

    [Fact]
    public void An_event_too_large_for_a_datagram_goes_in_fragments_and_arrives_whole()
    {
        var sender = new Codec1Sender(_transport, _gateway.Metrics);
        var entries = Enumerable.Range(0, 60).ToDictionary(i => $"key_{i:00}", i => new string('x', 50));
        var manifest = SystemManifest.Create(entries);
        sender.Send(
            new WireEvent { Kind = WireEventKind.GameEvent, Game = new GameEvent { Kind = GameEventKind.SystemManifest, Manifest = manifest } },
            reliable: true);
        Assert.True(_transport.Sent.Count > 2);
        var reassembler = new Protocol.Codec1.Fragmentation.Reassembler(300);
        var whole = new ByteWriter();
        foreach (var (bytes, reliable) in _transport.Sent)
        {
            Assert.True(reliable);
            Assert.InRange(bytes.Length, 2, LinkLimits.MaxDatagram);
            Assert.True(WireEvent.TryRead(bytes.AsSpan(1), out var part));
            reassembler.Add(1, in part.Fragment, 0, whole);
        }

        Assert.True(WireEvent.TryRead(whole.Written, out var wire));
        Assert.Equal(entries.Count, wire.Game.Manifest.ToDictionary().Count);
    }
}
