// A UDP relay on loopback that loses and delays datagrams in both directions, below LiteNetLib and below encryption.
using System;
using System.Net;
using System.Net.Sockets;
using Aetheris.Client.Time;

namespace Aetheris.Client.Impairment;

/// <summary>client ↔ relay ↔ gateway. Polled with its client: no thread. One relay per connection; counters of a client's relays are summed by their owner.</summary>
public sealed class LinkImpairment : IDisposable
{
    private const int MaxDatagram = 2048;
    private const int MaxPerPoll = 512;

    private readonly IClientClock _clock;
    private readonly ImpairmentTotals? _totals;
    private readonly byte[] _buffer = new byte[MaxDatagram];
    private Socket? _near;
    private Socket? _far;
    private EndPoint? _client;
    private EndPoint _from = new IPEndPoint(IPAddress.Loopback, 0);
    private long _reportedSeen;
    private long _reportedDropped;
    private long _reportedOverflowed;

    /// <summary>Creates a relay.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="clock">Time.</param>
    /// <param name="totals">Receives the counts as they grow, or null.</param>
    public LinkImpairment(ImpairmentOptions options, IClientClock clock, ImpairmentTotals? totals)
    {
        _clock = clock;
        _totals = totals;
        Up = new ImpairedDirection(options with { Seed = unchecked(options.Seed * 2) }, keepOrder: false, MaxDatagram);
        Down = new ImpairedDirection(options with { Seed = unchecked((options.Seed * 2) + 1) }, keepOrder: false, MaxDatagram);
    }

    /// <summary>Client → gateway.</summary>
    public ImpairedDirection Up { get; }

    /// <summary>Gateway → client.</summary>
    public ImpairedDirection Down { get; }

    /// <summary>Opens the relay.</summary>
    /// <param name="gateway">Where datagrams go in the end.</param>
    /// <returns>Where the client must send instead.</returns>
    /// <exception cref="SocketException">No socket available.</exception>
    public IPEndPoint Start(IPEndPoint gateway)
    {
        _near = Open(new IPEndPoint(IPAddress.Loopback, 0));
        _far = Open(new IPEndPoint(gateway.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        _far.Connect(gateway);
        return (IPEndPoint)_near.LocalEndPoint!;
    }

    /// <summary>Moves what is due.</summary>
    public void Poll()
    {
        if (_near is null || _far is null)
            return;
        var now = _clock.NowMicros;
        Receive(now);
        while (Up.TryTake(now, _buffer, out var length))
            TrySend(_far, length, null);
        while (_client is not null && Down.TryTake(now, _buffer, out var length))
            TrySend(_near, length, _client);
        Report();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Report();
        _near?.Dispose();
        _far?.Dispose();
        _near = null;
        _far = null;
    }

    private static Socket Open(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = 1 << 20 };
        socket.Bind(local);
        return socket;
    }

    private void Receive(long now)
    {
        for (var i = 0; i < MaxPerPoll && TryReceive(_near!, fromClient: true, out var length); i++)
            Up.Offer(_buffer.AsSpan(0, length), now);
        for (var i = 0; i < MaxPerPoll && TryReceive(_far!, fromClient: false, out var length); i++)
            Down.Offer(_buffer.AsSpan(0, length), now);
    }

    private bool TryReceive(Socket socket, bool fromClient, out int length)
    {
        length = 0;
        try
        {
            if (socket.Available == 0)
                return false;
            if (!fromClient)
            {
                length = socket.Receive(_buffer, 0, _buffer.Length, SocketFlags.None);
                return true;
            }

            if (_client is null)
            {
                length = socket.ReceiveFrom(_buffer, ref _from);
                _client = _from;
                return true;
            }

            length = socket.Receive(_buffer, 0, _buffer.Length, SocketFlags.None);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void TrySend(Socket socket, int length, EndPoint? to)
    {
        try
        {
            if (to is null)
                socket.Send(_buffer, 0, length, SocketFlags.None);
            else
                socket.SendTo(_buffer, 0, length, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // The peer's port is closed or the buffer is full: on UDP both look like loss.
        }
    }

    private void Report()
    {
        if (_totals is null)
            return;
        var seen = Up.Seen + Down.Seen;
        var dropped = Up.Dropped + Down.Dropped;
        var overflowed = Up.Overflowed + Down.Overflowed;
        _totals.Seen += seen - _reportedSeen;
        _totals.Dropped += dropped - _reportedDropped;
        _totals.Overflowed += overflowed - _reportedOverflowed;
        _reportedSeen = seen;
        _reportedDropped = dropped;
        _reportedOverflowed = overflowed;
    }
}
