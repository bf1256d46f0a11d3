// What a client with good keys can do to LiteNetLib and to the connection behind it, on real sockets.
using System.Net;
using System.Net.Sockets;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using LiteNetLib;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class UdpInsideTarget : FuzzTarget, INetLogger
{
    private readonly TestGateway _gateway = new();
    private readonly UdpListener _listener;
    private readonly RecordingRelay _relay;
    private SealedClient? _client;
    private string? _escaped;
    private int _sent;

    public UdpInsideTarget()
    {
        _listener = new UdpListener(_gateway.Set, _gateway, _gateway.Options, _gateway.Clock, _gateway.Metrics, NullLogger<UdpListener>.Instance);
        _listener.Bind(0);
        _relay = new RecordingRelay(_listener.Port);
        NetDebug.Logger = this;
    }

    public override string Name => "udp-inside";

    public override int Share => 10;

    public static IEnumerable<byte[]> Packets()
    {
        yield return [0, 0, 8, 1, 0, 0, 0, 0, 0, 0, 0];
        yield return [0, 3, 0, 1, 0, 0, 0, 1, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        yield return [1, 0, 0, 2, 0, 7, 1, 0, 0, 0, 0, 0, 0];
        yield return [0x81, 0, 0, 2, 7, 0, 0, 0, 3, 0, 1, 2, 3];
        yield return [2, 0, 0, 2, 3, 0, 1, 2, 3, 2, 0, 9, 9];
        yield return [3, 0, 0, 2, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0];
        yield return [4, 1, 0];
        yield return [5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        yield return [8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 7, 1, 0, 0, 0, 0, 0, 0];
        yield return [13, 3, 0, 4, 2, 0, 4, 0, 0, 0, 8, 1];
        yield return [14];
    }

    public override IEnumerable<byte[]> Examples() => Packets();

    public override void Try(Span<byte> bytes)
    {
        if (_client is null || _client.Ended is not null || _client.Peer is null)
            Connect();
        var length = Math.Min(bytes.Length, 1200);
        if (length == 0)
            return;
        _relay.Inject(_client!.Seal(bytes[..length]));
        if (++_sent % 32 != 0)
            return;
        Round();
        _relay.Up.Clear();
        _relay.Down.Clear();
        _client.Sent.Clear();
        _client.Received.Clear();
        if (_escaped is not null)
            throw new InvalidOperationException(_escaped);
        if (_gateway.Metrics.EdgeErrors.Value > 0)
            throw new InvalidOperationException("the edge contained an exception");
    }

    public override void Check()
    {
        // What is left when the last client is gone and time has passed.
        _client?.Dispose();
        for (var i = 0; i < 2000; i++)
            Round();
        Assert.Equal((0, 0, 0), (_gateway.Set.Count, _listener.PeerCount, _listener.SealedPeerCount));
        _listener.Dispose();
        _relay.Dispose();
    }

    void INetLogger.WriteNet(NetLogLevel level, string str, params object[] args)
    {
        if (str.Contains("Exception", StringComparison.Ordinal) || str.Contains("   at ", StringComparison.Ordinal))
            _escaped ??= str;
    }

    private void Connect()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            _client?.Dispose();
            _relay.ChangeAddress();
            _client = new SealedClient(_gateway.Token());
            _client.Connect(_relay.Port);
            for (var i = 0; i < 50 && _client.Peer is null; i++)
                Round();
            if (_client.Peer is not null)
                return;
        }

        throw new InvalidOperationException("no connection");
    }

    private void Round()
    {
        _relay.Step();
        _listener.Step(_gateway.Clock.Now);
        _gateway.Rounds(1);
        _listener.Flush(_gateway.Clock.Now);
        _relay.Step();
        _client?.Round(16);
    }
}
