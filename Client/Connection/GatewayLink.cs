// The transports of a client: the one it uses, and one that still delivers its goodbye.
using System;
using Aetheris.Client.Impairment;
using Aetheris.Client.Quality;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>Opens one transport per connection and adds up what crosses them.</summary>
internal sealed class GatewayLink : IDisposable
{
    private const long LingerMicros = 400_000;
    private const long ReplacementMicros = 2_000_000;

    private readonly ClientOptions _options;
    private readonly IClientClock _clock;
    private readonly ClientQuality _quality;
    private readonly Func<ITransport>? _transportFactory;
    private readonly ByteWriter _message = new(256);
    private ITransport? _transport;
    private ITransport? _leaving;
    private long _leavingUntil;
    private ulong _connections;

    public GatewayLink(ClientOptions options, IClientClock clock, ClientQuality quality, Func<ITransport>? transportFactory)
    {
        _options = options;
        _clock = clock;
        _quality = quality;
        _transportFactory = transportFactory;
    }

    /// <summary>Whether there is a transport, connected or connecting.</summary>
    public bool IsOpen => _transport is not null;

    /// <summary>Measured round trip in microseconds, 0 while unknown.</summary>
    public long RoundTripMicros => _transport!.RoundTripMicros;

    /// <summary>What the impairment did; zero without one.</summary>
    public ImpairmentTotals Impairment { get; } = new();

    /// <summary>Bytes and messages over all connections.</summary>
    public TransportCounters Traffic
    {
        get
        {
            var sum = _quality.Closed;
            if (_transport is not null)
                sum.Add(_transport.Counters);
            return sum;
        }
    }

    /// <summary>Starts to connect; the outcome arrives at the sink of <see cref="Poll"/>.</summary>
    public void Open(GatewayEndpoint gateway, string connectToken)
    {
        _message.Clear();
        new ConnectRequest(ProtocolVersions.Link, _options.Codec, _options.Spectate, connectToken).Write(_message);
        _transport = CreateTransport();
        _connections++;
        _transport.Connect(gateway, _message.Written);
    }

    /// <summary>Receives, delivers to the sink and sends what is due.</summary>
    public void Poll(ITransportSink sink) => _transport?.Poll(sink);

    /// <summary>Lets a goodbye out until its time is over.</summary>
    public void PollLeaving(long now)
    {
        if (_leaving is null)
            return;
        _leaving.Poll(DeafSink.Instance);
        if (now >= _leavingUntil)
            DropLeaving();
    }

    /// <summary>Queues a control message; the link is open.</summary>
    public void Send(in ControlMessage message, bool reliable)
    {
        _message.Clear();
        message.Write(_message);
        _transport!.Send(_message.Written, reliable);
    }

    /// <summary>Queues a packet of inputs; the link is open.</summary>
    public void SendInputs(ReadOnlySpan<byte> packet) => _transport!.Send(packet, reliable: false);

    /// <summary>Queues a message of any kind on the reliable channel; the link is open.</summary>
    public void SendReliable(ReadOnlySpan<byte> message) => _transport!.Send(message, reliable: true);

    /// <summary>Hands queued messages to the network now.</summary>
    public void Flush() => _transport?.Flush();

    /// <summary>Sends a last message and gives it time to arrive; the link is closed at once. The link is open.</summary>
    public void CloseAfter(in ControlMessage goodbye)
    {
        Send(goodbye, reliable: true);
        Leave(LingerMicros);
    }

    /// <summary>Leaves the connection standing, unheard, until another one has replaced it. The link is open, and closed at once.</summary>
    public void Linger() => Leave(ReplacementMicros);

    /// <summary>Closes the link at once; false when it was not open.</summary>
    public bool Drop()
    {
        if (_transport is null)
            return false;
        var transport = _transport;
        _transport = null;
        transport.Close();
        Retire(transport);
        transport.Dispose();
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Drop();
        DropLeaving();
    }

    private void Leave(long micros)
    {
        _transport!.Flush();
        DropLeaving();
        _leaving = _transport;
        _leavingUntil = _clock.NowMicros + micros;
        Retire(_transport);
        _transport = null;
    }

    private ITransport CreateTransport()
    {
        if (_transportFactory is not null)
            return _transportFactory();
        var impairment = _options.Impairment is { IsActive: true } asked
            ? asked with { Seed = unchecked(asked.Seed + (_connections * 0x9E3779B97F4A7C15ul)) }
            : null;
        return _options.Transport == TransportKind.WebSocket
            ? new WebSocketTransport(_clock, impairment)
            : new UdpTransport(_clock, impairment is null ? null : new LinkImpairment(impairment, _clock, Impairment));
    }

    private void Retire(ITransport transport) => _quality.Closed.Add(transport.Counters);

    private void DropLeaving()
    {
        _leaving?.Close();
        _leaving?.Dispose();
        _leaving = null;
    }
}
