// Codec-1 bytes from a client: the original's events and its framed inputs.
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Fragmentation;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Decodes what WIRE_FORMAT §7 lets a client send. Component kinds other than the input of the own ship are refused.</summary>
public sealed class Codec1Receiver
{
    private const ushort MaxStressCount = 1000;
    private const int PruneMilliseconds = 1000;

    private readonly ConnectionStateMachine _connection;
    private readonly ConnectionServices _services;
    private readonly ByteWriter _scratch = new(256);
    private Reassembler? _reassembler;
    private ShipInput _waiting;
    private ulong _lastClientTick;
    private long _nextPrune;
    private bool _hasClientTick;
    private bool _hasWaiting;
    private bool _sentThisTick;

    /// <summary>A receiver for one connection.</summary>
    public Codec1Receiver(ConnectionStateMachine connection, ConnectionServices services)
    {
        _connection = connection;
        _services = services;
    }

    private RoomLink Link => _connection.Link!;

    /// <summary>Takes a message without its kind byte; false when it is neither an event nor an update.</summary>
    public bool TryReceive(ReadOnlySpan<byte> message, bool reliable) => TryReceive(message, reliable, unwrap: true);

    /// <summary>A frame was sent: the original stores one command per tick, so a newer input of the same tick goes on now.</summary>
    public void OnFrame()
    {
        _sentThisTick = false;
        if (!_hasWaiting)
            return;
        _hasWaiting = false;
        Submit(_waiting);
    }

    /// <summary>Drops fragments that are too old.</summary>
    public void Prune(long now)
    {
        if (_reassembler is null || now < _nextPrune)
            return;
        _nextPrune = now + PruneMilliseconds;
        _reassembler.Prune((ulong)now);
    }

    private bool TryReceive(ReadOnlySpan<byte> message, bool reliable, bool unwrap)
    {
        if (WireEvent.TryRead(message, out var wire))
            return Handle(in wire, reliable, unwrap);
        if (FramedUpdate.TryRead(message, out var update))
        {
            HandleUpdate(update.Entity, update.Kind, update.Payload);
            return true;
        }

        _services.Metrics.DecodeErrors.Add(1);
        return false;
    }

    private bool Handle(in WireEvent wire, bool reliable, bool unwrap)
    {
        switch (wire.Kind)
        {
            case WireEventKind.Ping:
                _services.Metrics.Pings.Add(1);
                Send(new WireEvent { Kind = WireEventKind.Pong, Tick = wire.Tick }, reliable: false);
                return true;
            case WireEventKind.Fragment when unwrap:
                return HandleFragment(in wire, reliable);
            case WireEventKind.StartSession when reliable:
                StartSession();
                return true;
            case WireEventKind.RequestSystemManifest:
                SendManifest();
                return true;
            case WireEventKind.StressTest or WireEventKind.Spawn or WireEventKind.ClearWorld:
                HandlePrivileged(in wire, reliable);
                return true;
            case WireEventKind.ReplicationBatch:
                foreach (var update in wire.Batch)
                    HandleUpdate(update.Entity, update.Kind, update.Payload);
                return true;
            default:
                _services.Metrics.Drop("codec1_ignored");
                return true;
        }
    }

    private bool HandleFragment(in WireEvent wire, bool reliable)
    {
        // Milliseconds serve as the reassembler's ticks: its timeout counts from the first fragment by the gateway's own clock.
        _reassembler ??= new Reassembler(Codec1Limits.ReassemblySeconds * 1000);
        _scratch.Clear();
        if (_reassembler.Add(0, in wire.Fragment, (ulong)_services.Clock.Now, _scratch) != ReassemblyResult.Completed)
            return true;
        return TryReceive(_scratch.Written.ToArray(), reliable, unwrap: false);
    }

    private void HandleUpdate(NetworkId entity, ushort kind, ReadOnlySpan<byte> payload)
    {
        if (kind != ComponentKinds.InputCommand || !TryGetShip(out var ship) || ship != entity)
        {
            _services.Metrics.ForbiddenUpdates.Add(1);
            return;
        }

        if (!InputCommand.TryRead(payload, out var command) || command.Validate() != InputCommandRefusal.None || !TryAdvance(command.Tick))
        {
            _services.Metrics.Drop("codec1_input");
            return;
        }

        var input = command.ToShipInput();
        if (_sentThisTick)
        {
            _waiting = input;
            _hasWaiting = true;
            return;
        }

        Submit(input);
    }

    // WORLD_RULES W-21, W-22: the first input is capped, later ones lie within 600 ticks behind their predecessor.
    private bool TryAdvance(ulong tick)
    {
        if (!_hasClientTick)
        {
            _hasClientTick = true;
            _lastClientTick = Math.Min(tick, Link.Broadcast.Tick + Codec1Limits.MaxForwardTickJump);
            return true;
        }

        var limit = _lastClientTick + Codec1Limits.MaxForwardTickJump;
        if (tick <= _lastClientTick || (tick > limit && limit > _lastClientTick))
            return false;
        _lastClientTick = tick;
        return true;
    }

    private void Submit(ShipInput input)
    {
        input.TargetTick = Link.Broadcast.Tick + 1;
        if (!input.IsValid)
        {
            _services.Metrics.Drop("codec1_input");
            return;
        }

        _sentThisTick = true;
        Submit(new Command { Kind = CommandKind.Input, Input = input });
    }

    private void Submit(Command command)
    {
        command.Player = _connection.Player;
        command.Connection = _connection.Connection;
        Link.TrySubmit(in command);
    }

    private void HandlePrivileged(in WireEvent wire, bool reliable)
    {
        if (!reliable || !_connection.IsPrivileged)
        {
            _services.Metrics.UnprivilegedPackets.Add(1);
            return;
        }

        switch (wire.Kind)
        {
            case WireEventKind.StressTest:
                Submit(new Command { Kind = CommandKind.StressTest, Privileged = true, Count = Math.Min(wire.Count, MaxStressCount), Rotate = wire.Rotate });
                break;
            case WireEventKind.Spawn when float.IsFinite(wire.X) && float.IsFinite(wire.Y) && float.IsFinite(wire.Rotation):
                Submit(new Command { Kind = CommandKind.Spawn, Privileged = true, EntityType = wire.EntityType, X = wire.X, Y = wire.Y, Rotation = wire.Rotation });
                break;
            case WireEventKind.ClearWorld:
                Submit(new Command { Kind = CommandKind.ClearWorld, Privileged = true });
                break;
            default:
                _services.Metrics.Drop("codec1_ignored");
                break;
        }
    }

    private void StartSession()
    {
        if (TryGetShip(out var ship))
            Send(new WireEvent { Kind = WireEventKind.GameEvent, Game = new GameEvent { Kind = GameEventKind.Possession, Entity = ship } }, reliable: true);
    }

    private void SendManifest()
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["version_protocol"] = Text(ProtocolVersions.Codec1),
            ["version_server"] = typeof(Codec1Receiver).Assembly.GetName().Version?.ToString(3) ?? "0",
        };
        if (_connection.IsPrivileged)
        {
            entries["clients_active"] = Text(_services.Metrics.Connected);
            entries["tick_rate"] = Text(Link.TickRate);
        }

        var game = new GameEvent { Kind = GameEventKind.SystemManifest, Manifest = SystemManifest.Create(entries) };
        Send(new WireEvent { Kind = WireEventKind.GameEvent, Game = game }, reliable: true);
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private bool TryGetShip(out NetworkId ship)
    {
        var replica = Link.Broadcast.Replica;
        var found = replica.TryGetShip(_connection.Player, out var slot);
        ship = found ? replica.Entities.IdOf(slot) : NetworkId.None;
        return found;
    }

    private void Send(scoped in WireEvent wire, bool reliable)
    {
        _scratch.Clear();
        _scratch.WriteByte((byte)LinkKind.Codec1);
        wire.Write(_scratch);
        _connection.Transport.Send(_scratch.Written, reliable);
    }
}
