// A transport in memory, with the SDK's own seeded network in between.
using Aetheris.Client.Impairment;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;

namespace Aetheris.Client.Tests.Fakes;

/// <summary>Client end of a pipe to a <see cref="FakeGateway"/>: unreliable messages may be lost and overtaken, reliable ones are only delayed.</summary>
public sealed class FakeTransport : ITransport, IFakeLink
{
    private readonly FakeGateway _gateway;
    private readonly IClientClock _clock;
    private readonly byte[] _buffer = new byte[70_000];
    private readonly ImpairedDirection[] _up;
    private readonly ImpairedDirection[] _down;
    private TransportCounters _counters;
    private bool _connected;
    private bool _closed;
    private string? _failure;

    public FakeTransport(FakeGateway gateway, IClientClock clock, ImpairmentOptions network)
    {
        _gateway = gateway;
        _clock = clock;
        _up = Pair(network with { Seed = network.Seed * 4 });
        _down = Pair(network with { Seed = (network.Seed * 4) + 2 });
    }

    public TransportCounters Counters => _counters;

    public long RoundTripMicros => 0;

    /// <summary>Nothing passes any more, in either direction.</summary>
    public bool IsCut { get; set; }

    /// <summary>Changes what arrives.</summary>
    public Func<byte[], bool>? Alter { get; set; }

    public void Connect(GatewayEndpoint endpoint, ReadOnlySpan<byte> connectRequest)
    {
        if (_gateway.IsDown)
            _failure = "no answer from the gateway";
        else
            _gateway.Connect(this, connectRequest.ToArray());
    }

    public void Poll(ITransportSink sink)
    {
        if (_closed || IsCut)
            return;
        if (_failure is not null)
        {
            _closed = true;
            sink.OnClosed(_failure, default);
            return;
        }

        if (!_connected)
        {
            _connected = true;
            sink.OnConnected();
        }

        for (var i = 0; i < 2; i++)
        {
            while (!_closed && _down[i].TryTake(_clock.NowMicros, _buffer, out var length))
            {
                Alter?.Invoke(_buffer);
                _counters.PayloadDown += length;
                _counters.MessagesDown++;
                sink.OnMessage(_buffer.AsSpan(0, length), reliable: i == 1);
            }
        }
    }

    public void Send(ReadOnlySpan<byte> message, bool reliable)
    {
        _counters.PayloadUp += message.Length;
        if (!IsCut)
            _up[reliable ? 1 : 0].Offer(message, _clock.NowMicros);
    }

    public void Flush()
    {
    }

    public void Close()
    {
        _closed = true;
        _gateway.Disconnect(this);
    }

    public void Dispose() => Close();

    /// <summary>Gateway side: sends to the client.</summary>
    public void SendDown(ReadOnlySpan<byte> message, bool reliable) => _down[reliable ? 1 : 0].Offer(message, _clock.NowMicros);

    /// <summary>Gateway side: takes what has arrived.</summary>
    public bool TryReceive(out byte[] message)
    {
        for (var i = 0; i < 2; i++)
        {
            if (!_up[i].TryTake(_clock.NowMicros, _buffer, out var length))
                continue;
            message = _buffer[..length];
            return true;
        }

        message = [];
        return false;
    }

    private static ImpairedDirection[] Pair(ImpairmentOptions network) =>
    [
        new ImpairedDirection(network, keepOrder: false, 70_000),
        new ImpairedDirection(network with { Loss = 0, Seed = network.Seed + 1 }, keepOrder: true, 70_000),
    ];
}
