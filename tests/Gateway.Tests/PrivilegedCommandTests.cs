// Privileged commands: refused unless clearly allowed, bounded, told to the room, written down either way.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Link;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Tests;

public class PrivilegedCommandTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new();

    [Theory]
    [InlineData(WireEventKind.StressTest)]
    [InlineData(WireEventKind.Spawn)]
    [InlineData(WireEventKind.ClearWorld)]
    public void A_player_s_privileged_command_changes_nothing_and_is_written_down(WireEventKind kind)
    {
        var machine = _gateway.Join(_transport);
        var ids = _gateway.Room.Ids();
        machine.Receive(Messages.Codec1(new WireEvent { Kind = kind, Count = 5, EntityType = EntityTypes.Interceptor }), reliable: true);
        _gateway.Rounds(3);
        Assert.Equal(ids, _gateway.Room.Ids());
        var (level, _, fields) = Assert.Single(_gateway.Audit.Lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Equal((kind.ToString(), machine.Player, "player", "r", "not privileged"), (fields["Command"], fields["Player"], fields["Role"], fields["Room"], fields["Reason"]));
    }

    [Fact]
    public void An_admin_s_commands_act_and_are_written_down_with_what_was_done()
    {
        var machine = _gateway.Join(_transport, PlayerRole.Admin);
        machine.Receive(Messages.Codec1(new WireEvent { Kind = WireEventKind.Spawn, EntityType = EntityTypes.Hauler, X = 5, Y = 6 }), reliable: true);
        machine.Receive(Messages.Codec1(new WireEvent { Kind = WireEventKind.StressTest, Count = 7 }), reliable: true);
        _gateway.Rounds(3);
        Assert.Equal(2 + 1 + 1 + 7, _gateway.Room.World.Entities.Count);
        Assert.Equal(["Spawn", "StressTest"], _gateway.Audit.Lines.Select(line => (string)line.Fields["Command"]!));
        Assert.All(_gateway.Audit.Lines, line => Assert.Equal((LogLevel.Information, "allowed", "admin"), (line.Level, line.Fields["Outcome"], line.Fields["Role"])));
        Assert.Contains("type 4 at 5, 6", _gateway.Audit.Lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_privileged_command_on_the_unreliable_channel_is_refused()
    {
        var machine = _gateway.Join(_transport, PlayerRole.Admin);
        var ids = _gateway.Room.Ids();
        machine.Receive(Messages.Codec1(WireEventKind.ClearWorld), reliable: false);
        _gateway.Rounds(3);
        Assert.Equal(ids, _gateway.Room.Ids());
        Assert.Equal("unreliable channel", Assert.Single(_gateway.Audit.Lines).Fields["Reason"]);
    }

    [Theory]
    [InlineData(float.NaN, 0, 0, EntityTypes.Interceptor, "not finite")]
    [InlineData(0, float.PositiveInfinity, 0, EntityTypes.Interceptor, "not finite")]
    [InlineData(0, 0, float.NegativeInfinity, EntityTypes.Interceptor, "not finite")]
    [InlineData(0, 0, 0, 0, "unknown entity type")]
    [InlineData(0, 0, 0, 7, "unknown entity type")]
    [InlineData(0, 0, 0, 65535, "unknown entity type")]
    public void A_spawn_that_makes_no_sense_is_refused(float x, float y, float rotation, ushort type, string reason)
    {
        var machine = _gateway.Join(_transport, PlayerRole.Admin);
        var ids = _gateway.Room.Ids();
        machine.Receive(Messages.Codec1(new WireEvent { Kind = WireEventKind.Spawn, EntityType = type, X = x, Y = y, Rotation = rotation }), reliable: true);
        _gateway.Rounds(3);
        Assert.Equal(ids, _gateway.Room.Ids());
        Assert.Equal(reason, Assert.Single(_gateway.Audit.Lines).Fields["Reason"]);
    }

    [Fact]
    public void A_stress_test_has_at_most_1000_entities_and_many_of_them_no_more_than_the_room_holds()
    {
        var machine = _gateway.Join(_transport, PlayerRole.Admin);
        var before = _gateway.Room.World.Entities.Count;
        machine.Receive(Messages.Codec1(new WireEvent { Kind = WireEventKind.StressTest, Count = 60_000 }), reliable: true);
        _gateway.Rounds(3);
        Assert.Equal(before + 1000, _gateway.Room.World.Entities.Count);
        Assert.Contains("count 1000 capped from 60000", _gateway.Audit.Lines[0].Text, StringComparison.Ordinal);
        for (var i = 0; i < 8; i++)
            machine.Receive(Messages.Codec1(new WireEvent { Kind = WireEventKind.StressTest, Count = 1000 }), reliable: true);
        _gateway.Rounds(3);
        Assert.InRange(_gateway.Room.World.Entities.Count, 4000, new RoomSettings().MaxEntities);
    }

    [Fact]
    public void Clearing_is_told_to_the_whole_room_and_everybody_can_play_on_in_a_ship_of_their_own()
    {
        var admin = _gateway.Join(_transport, PlayerRole.Admin);
        var transport = new FakeTransport();
        _gateway.NextConnection = 4;
        var other = _gateway.Join(transport);
        Assert.True(other.TryGetShip(out var old));
        var highest = _gateway.Room.Ids()[^1];
        admin.Receive(Messages.Codec1(WireEventKind.ClearWorld), reliable: true);
        _gateway.Rounds(3);
        foreach (var client in new[] { _transport, transport })
        {
            var events = client.Events();
            Assert.Single(events, e => e.Kind == RoomEventKind.Cleared);
            Assert.Contains(events, e => e.Kind == RoomEventKind.Despawned && e.Entity == old);
        }

        Assert.False(other.TryGetShip(out _));
        Assert.Empty(_gateway.Room.Ids());
        transport.Sent.Clear();
        other.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        _gateway.Rounds(3);
        Assert.True(other.TryGetShip(out var ship));
        Assert.True(ship.Value > highest);
        Assert.Equal([ship], transport.Codec1Events(GameEventKind.Possession).Select(e => e.Entity));
        other.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        Assert.Equal([ship, ship], transport.Codec1Events(GameEventKind.Possession).Select(e => e.Entity));

        // The one who cleared leaves: what others have got since stays theirs.
        admin.Receive(Messages.Control(new ControlMessage { Kind = ControlKind.Close, Code = CloseReason.Quit }), reliable: true);
        _gateway.Rounds(3);
        Assert.Contains(ship.Value, _gateway.Room.Ids());
    }

    [Fact]
    public void A_flood_of_refused_commands_does_not_flood_the_log()
    {
        var machine = _gateway.Join(_transport);
        for (var i = 0; i < 200; i++)
        {
            machine.Receive(Messages.Codec1(WireEventKind.ClearWorld), reliable: true);
            _gateway.Rounds(1);
        }

        Assert.InRange(_gateway.Audit.Lines.Count, 10, 14);
        Assert.True(_gateway.Audit.Lines.Sum(line => Convert.ToInt32(line.Fields["Unwritten"], null)) > 100);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void Only_the_privileged_learn_the_tick_rate_and_the_number_of_clients()
    {
        var player = _gateway.Join(_transport);
        var transport = new FakeTransport();
        var admin = _gateway.Join(transport, PlayerRole.Admin);
        player.Receive(Messages.Codec1(WireEventKind.RequestSystemManifest), reliable: true);
        admin.Receive(Messages.Codec1(WireEventKind.RequestSystemManifest), reliable: true);
        Assert.Equal(["version_protocol", "version_server"], Assert.Single(_transport.Manifests()).Keys);
        var manifest = Assert.Single(transport.Manifests());
        Assert.Equal(["clients_active", "tick_rate", "version_protocol", "version_server"], manifest.Keys);
        Assert.Equal(("2", "60", "3"), (manifest["clients_active"], manifest["tick_rate"], manifest["version_protocol"]));
        Assert.True(transport.Sent[^1].Reliable);
        Assert.Equal("RequestSystemManifest", Assert.Single(_gateway.Audit.Lines).Fields["Command"]);
    }
}
