// What only some may do: judged here, executed by the room, written down either way.
using System.Globalization;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Commands;
using Aetheris.World;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// StressTest, Spawn and ClearWorld of one connection (T-52, T-53, T-55, T-92). Whatever is not clearly allowed is refused: the channel
/// must be reliable, the lease's role privileged, the values finite and known. The room bounds its entities and tells everybody of a
/// clearing.
/// </summary>
internal sealed class PrivilegedCommands
{
    /// <summary>Most entities of one StressTest.</summary>
    public const ushort MaxStressCount = StressTestRule.MaxCount;

    // A client must not fill the log with refusals: beyond this they are counted into the next line.
    private const double RefusalsPerSecond = 1;
    private const double RefusalBurst = 10;

    private readonly ConnectionStateMachine _connection;
    private readonly ConnectionServices _services;
    private TokenBucket _refusals;
    private int _unwritten;

    /// <summary>Commands of one connection.</summary>
    public PrivilegedCommands(ConnectionStateMachine connection, ConnectionServices services, long now)
    {
        _connection = connection;
        _services = services;
        _refusals = new TokenBucket(RefusalsPerSecond, RefusalBurst, now);
    }

    private RoomLink Link => _connection.Link!;

    /// <summary>Takes one of the three events.</summary>
    public void Receive(in WireEvent wire, bool reliable)
    {
        var name = wire.Kind.ToString();
        if (!reliable)
            Refuse(name, "unreliable channel");
        else if (!_connection.IsPrivileged)
            RefuseUnprivileged(name);
        else
            Execute(name, wire);
    }

    /// <summary>The connection is over: refusals that no line counts yet are written as one.</summary>
    /// <param name="room">The room it was in.</param>
    public void Forget(string room)
    {
        if (_unwritten > 0)
            AuditLog.Unwritten(_services.Audit, _connection.Player, _connection.Role, room, _unwritten);
        _unwritten = 0;
    }

    private void Execute(string name, in WireEvent wire)
    {
        switch (wire.Kind)
        {
            case WireEventKind.StressTest:
                var count = Math.Min(wire.Count, MaxStressCount);
                Submit(
                    name,
                    new Command { Kind = CommandKind.StressTest, Count = count, Rotate = wire.Rotate },
                    string.Create(CultureInfo.InvariantCulture, $"count {count}{(count < wire.Count ? $" capped from {wire.Count}" : string.Empty)}"));
                break;
            case WireEventKind.Spawn when !(float.IsFinite(wire.X) && float.IsFinite(wire.Y) && float.IsFinite(wire.Rotation)):
                Refuse(name, "not finite");
                break;
            case WireEventKind.Spawn when !EntityTypes.TryGet(wire.EntityType, out _):
                Refuse(name, "unknown entity type");
                break;
            case WireEventKind.Spawn:
                Submit(
                    name,
                    new Command { Kind = CommandKind.Spawn, EntityType = wire.EntityType, X = wire.X, Y = wire.Y, Rotation = wire.Rotation },
                    string.Create(CultureInfo.InvariantCulture, $"type {wire.EntityType} at {wire.X}, {wire.Y}"));
                break;
            default:
                Submit(name, new Command { Kind = CommandKind.ClearWorld }, string.Empty);
                break;
        }
    }

    private void Submit(string name, Command command, string detail)
    {
        command.Privileged = true;
        command.Player = _connection.Player;
        command.Connection = _connection.Connection;
        if (Link.TrySubmit(in command))
            Allow(name, "allowed", detail);
        else
            Refuse(name, "too many commands wait");
    }

    private void Allow(string name, string outcome, string detail) =>
        AuditLog.Allowed(_services.Audit, name, _connection.Player, _connection.Role, Link.Room, outcome, detail);

    private void RefuseUnprivileged(string name)
    {
        _connection.Suspect(SuspicionKind.ActionRate);
        Refuse(name, "not privileged");
    }

    private void Refuse(string name, string reason)
    {
        _services.Metrics.UnprivilegedPackets.Add(1);
        if (!_refusals.TryTake(1, _services.Clock.Now))
        {
            _unwritten++;
            return;
        }

        AuditLog.Refused(_services.Audit, name, _connection.Player, _connection.Role, Link.Room, reason, _unwritten);
        _unwritten = 0;
    }
}
