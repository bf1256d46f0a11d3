// Codec-1 bytes from a client: the original's events and its framed inputs.
using System.Diagnostics;
using System.Globalization;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Decodes each message once and dispatches what WIRE_FORMAT §7 lets a client send. Tokens, sessions and privileged commands count on
/// the reliable channel only; component updates other than inputs are refused, batches of them as a whole.
/// </summary>
public sealed class Codec1Receiver
{
    private readonly ConnectionStateMachine _connection;
    private readonly ConnectionServices _services;
    private readonly ControlSender _control;
    private readonly Codec1Sender _sender;
    private readonly Codec1Inputs _inputs;
    private readonly Codec1Fragments _fragments;
    private readonly PrivilegedCommands _privileged;
    private bool _awaitsPossession;

    /// <summary>A receiver for one connection.</summary>
    internal Codec1Receiver(ConnectionStateMachine connection, ControlSender control, ConnectionServices services, long now)
    {
        _connection = connection;
        _services = services;
        _control = control;
        _sender = new Codec1Sender(connection.Transport, services.Metrics);
        _inputs = new Codec1Inputs(connection, services.Metrics);
        _fragments = new Codec1Fragments(services.Metrics);
        _privileged = new PrivilegedCommands(connection, services, now);
    }

    /// <summary>Fragmented messages that are incomplete.</summary>
    public int OpenFragments => _fragments.Open;

    private RoomLink Link => _connection.Link!;

    /// <summary>Takes a message without its kind byte; false when it is neither an event nor an update.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="reliable">Its channel.</param>
    /// <param name="received">Stopwatch stamp of its receipt.</param>
    public bool TryReceive(ReadOnlySpan<byte> message, bool reliable, long received) => TryReceive(message, reliable, received, unwrap: true);

    /// <summary>A frame was sent.</summary>
    public void OnFrame()
    {
        _inputs.OnFrame();
        _fragments.Prune(Link.Broadcast.Tick);
    }

    /// <summary>The player got a ship: whoever asked for a session and had none is answered now.</summary>
    public void OnPossession(NetworkId ship)
    {
        if (!_awaitsPossession)
            return;
        _awaitsPossession = false;
        if (!_connection.WantsCodec1Events)
            SendPossession(ship);
    }

    /// <summary>The connection is over.</summary>
    public void Forget() => _fragments.Forget();

    private bool TryReceive(ReadOnlySpan<byte> message, bool reliable, long received, bool unwrap)
    {
        var started = Stopwatch.GetTimestamp();
        if (WireEvent.TryRead(message, out var wire))
        {
            _services.Metrics.Encoder.EventDecoded(started, message.Length);
            return Handle(in wire, reliable, received, unwrap);
        }

        if (FramedUpdate.TryRead(message, out var update))
        {
            _services.Metrics.Encoder.Decoded(update.Kind, started, message.Length);
            _inputs.Receive(update.Entity, update.Kind, update.Payload);
            return true;
        }

        _services.Metrics.DecodeErrors.Add(1);
        _services.Metrics.Encoder.Malformed();
        return false;
    }

    private bool Handle(in WireEvent wire, bool reliable, long received, bool unwrap)
    {
        switch (wire.Kind)
        {
            case WireEventKind.Ping:
                _services.Metrics.Pings.Add(1);
                var started = Stopwatch.GetTimestamp();
                _sender.Send(new WireEvent { Kind = WireEventKind.Pong, Tick = wire.Tick }, reliable: false);
                _control.NotePong(started, received);
                return true;
            case WireEventKind.Fragment when unwrap:
                return !_fragments.TryComplete(in wire.Fragment, reliable, Link.Broadcast.Tick, Link.TickRate, out var whole)
                    || TryReceive(whole, reliable, received, unwrap: false);
            case WireEventKind.Auth when reliable:
                _connection.Renew(wire.GetSessionToken());
                return true;
            case WireEventKind.StartSession when reliable:
                StartSession();
                return true;
            case WireEventKind.RequestSystemManifest:
                SendManifest();
                return true;
            case WireEventKind.StressTest or WireEventKind.Spawn or WireEventKind.ClearWorld:
                _privileged.Receive(in wire, reliable);
                return true;
            case WireEventKind.ReplicationBatch:
                foreach (var update in wire.Batch)
                    _inputs.Forbid(update.Kind);
                return true;
            default:
                _services.Metrics.Drop("codec1_ignored");
                return true;
        }
    }

    // T-54: the world's owner table knows the ship. Who has none, because the room was cleared or the ship died, joins again: the room
    // gives a new ship at once or when the time for it has come.
    private void StartSession()
    {
        if (_connection.TryGetShip(out var ship))
        {
            SendPossession(ship);
        }
        else if (_connection.Spectates || _awaitsPossession)
        {
            _services.Metrics.Drop("codec1_ignored");
        }
        else
        {
            _awaitsPossession = Link.TrySubmit(_connection.CreateJoin());
        }
    }

    private void SendPossession(NetworkId ship) =>
        _sender.Send(
            new WireEvent { Kind = WireEventKind.GameEvent, Game = new GameEvent { Kind = GameEventKind.Possession, Entity = ship } },
            reliable: true);

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
            _privileged.NoteManifest();
        }

        var game = new GameEvent { Kind = GameEventKind.SystemManifest, Manifest = SystemManifest.Create(entries) };
        _sender.Send(new WireEvent { Kind = WireEventKind.GameEvent, Game = game }, reliable: true);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
