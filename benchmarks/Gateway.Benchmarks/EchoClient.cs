// A connection that takes everything and acknowledges it some ticks later.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Benchmarks;

/// <summary>No network and no decoding: what is measured is the gateway's own work.</summary>
public sealed class EchoClient : IConnection
{
    private const int Remembered = 64;

    private readonly ushort[] _newest = new ushort[Remembered];
    private InputReceiver _inputs;
    private readonly InputSlack _slack = new();
    private readonly int _lag;
    private readonly PlayerId _player;
    private readonly ShipInput[] _input = [new ShipInput { TargetTick = 1 }];
    private readonly ShipInput[] _forward = new ShipInput[1];
    private int _ticks;

    /// <summary>A client of a pilot.</summary>
    /// <param name="player">The pilot.</param>
    /// <param name="lag">Ticks from a datagram to its acknowledgement.</param>
    /// <param name="settings">Rates and reach.</param>
    public EchoClient(PlayerId player, int lag, Codec2Settings settings)
    {
        _lag = lag;
        _player = player;
        Replicator = new Codec2Replicator(this, player, new ConnectionEpoch(1), settings);
    }

    /// <summary>What is measured.</summary>
    public Codec2Replicator Replicator { get; }

    /// <summary>Bytes sent.</summary>
    public long Bytes { get; private set; }

    /// <summary>Datagrams sent.</summary>
    public long Datagrams { get; private set; }

    /// <inheritdoc />
    public string Transport => "none";

    /// <inheritdoc />
    public EndPoint? Remote => null;

    /// <inheritdoc />
    public bool IsOpen => true;

    /// <inheritdoc />
    public long SilentMilliseconds => 0;

    /// <inheritdoc />
    public ConnectionStats Stats => default;

    /// <summary>One tick: acknowledges what has arrived, then sends.</summary>
    public void Tick(Codec2Room room)
    {
        if (_ticks > _lag)
            Replicator.Acknowledge(_newest[(_ticks - _lag) % Remembered], ulong.MaxValue);
        _ticks++;
        if (room.Replica.TryGetShip(_player, out var ship))
            Receive(room.Replica.Entities.Column(StandardComponents.PilotStatus)[ship].AppliedCount);
        Replicator.Send(room, in _inputs, in _slack);
    }

    /// <inheritdoc />
    public bool Send(ReadOnlySpan<byte> message, bool reliable)
    {
        Bytes += message.Length;
        Datagrams++;
        _newest[_ticks % Remembered] = (ushort)(message[3] | (message[4] << 8));
        return true;
    }

    /// <inheritdoc />
    public void Close(ReadOnlySpan<byte> lastWords)
    {
    }

    /// <summary>The recording steers the room directly: what it applied has reached the gateway.</summary>
    private void Receive(uint applied)
    {
        while (_inputs.ReceivedSequence < applied)
        {
            var packet = new InputPacket { Count = 1, NewestSequence = _inputs.ReceivedSequence + 1 };
            _inputs.Receive(in packet, _input, _forward);
        }
    }
}
