// A relay on loopback between one client and a gateway that keeps what the client sends, to be mutated later.
using System.Net;
using System.Net.Sockets;
using Aetheris.Client.Matching;

namespace Aetheris.Cluster.Tests;

internal sealed class DatagramRecorder : IMatchmaker, IDisposable
{
    private const int MostKept = 2000;

    private readonly IMatchmaker _inner;
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _back = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly List<byte[]> _kept = [];
    private readonly IPEndPoint _gateway;
    private IPEndPoint? _client;

    public DatagramRecorder(IMatchmaker inner, int gatewayPort)
    {
        _inner = inner;
        _gateway = new IPEndPoint(IPAddress.Loopback, gatewayPort);
        _ = RelayAsync(_front, FromClientAsync);
        _ = RelayAsync(_back, FromGatewayAsync);
    }

    /// <summary>What the client has sent so far.</summary>
    public byte[][] Recorded
    {
        get
        {
            lock (_kept)
                return [.. _kept];
        }
    }

    /// <summary>Bytes of the largest datagram that the gateway sent.</summary>
    public int LargestFromGateway { get; private set; }

    /// <summary>Sends from the client's own endpoint, as somebody on its path could.</summary>
    public ValueTask<int> InjectAsync(ReadOnlyMemory<byte> datagram) => _back.SendAsync(datagram, _gateway);

    public async Task<MatchAnswer> MatchAsync(int attempt, string? room, string? template, bool spectate, CancellationToken cancellation)
    {
        var answer = await _inner.MatchAsync(attempt, room, template, spectate, cancellation);
        var port = ((IPEndPoint)_front.Client.LocalEndPoint!).Port;
        return answer with { Gateways = [answer.Gateways[0] with { UdpHost = "127.0.0.1", UdpPort = port }] };
    }

    public void Dispose()
    {
        _stop.Cancel();
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
    }

    private async Task RelayAsync(UdpClient socket, Func<UdpReceiveResult, Task> pass)
    {
        try
        {
            while (true)
                await pass(await socket.ReceiveAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task FromClientAsync(UdpReceiveResult datagram)
    {
        _client = datagram.RemoteEndPoint;
        lock (_kept)
        {
            if (_kept.Count < MostKept)
                _kept.Add(datagram.Buffer);
        }

        await _back.SendAsync(datagram.Buffer, _gateway);
    }

    private async Task FromGatewayAsync(UdpReceiveResult datagram)
    {
        LargestFromGateway = Math.Max(LargestFromGateway, datagram.Buffer.Length);
        if (_client is not null)
            await _front.SendAsync(datagram.Buffer, _client);
    }
}
