// Stands between a client and a gateway, keeps what the client sends, and can send as if it were the client.
using System.Net;
using System.Net.Sockets;
using Aetheris.Client.Matching;

namespace Aetheris.Cluster.Tests;

/// <summary>A relay on loopback; a new client takes the place of the one before, from a new address.</summary>
internal sealed class TrafficRecorder : IDisposable
{
    private readonly UdpClient _front = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<byte[]> _up = [];
    private readonly IPEndPoint _gateway;
    private readonly IPAddress _from;
    private UdpClient _back;
    private IPEndPoint? _client;

    /// <summary>A relay to a gateway.</summary>
    /// <param name="gatewayPort">Its UDP port.</param>
    /// <param name="from">Address that the gateway sees; 127.0.0.1 without one.</param>
    public TrafficRecorder(int gatewayPort, IPAddress? from = null)
    {
        _from = from ?? IPAddress.Loopback;
        _back = new UdpClient(new IPEndPoint(_from, 0));
        _gateway = new IPEndPoint(IPAddress.Loopback, gatewayPort);
        _ = RelayAsync(_front);
    }

    /// <summary>What the newest client has sent so far.</summary>
    public List<byte[]> Up
    {
        get
        {
            lock (_lock)
                return [.. _up];
        }
    }

    /// <summary>Puts the relay between a client and the gateway.</summary>
    public IMatchmaker Around(IMatchmaker inner) => new Detour(this, inner);

    /// <summary>Sends from the newest client's own address.</summary>
    public ValueTask<int> InjectAsync(ReadOnlyMemory<byte> datagram) => _back.SendAsync(datagram, _gateway);

    public void Dispose()
    {
        _stop.Cancel();
        _front.Dispose();
        _back.Dispose();
        _stop.Dispose();
    }

    private void Begin()
    {
        lock (_lock)
            _up.Clear();

        _back.Dispose();
        _back = new UdpClient(new IPEndPoint(_from, 0));
        _ = RelayAsync(_back);
    }

    private async Task RelayAsync(UdpClient socket)
    {
        try
        {
            while (true)
            {
                var datagram = await socket.ReceiveAsync(_stop.Token);
                var isUp = socket == _front;
                if (isUp)
                {
                    lock (_lock)
                        _up.Add(datagram.Buffer);
                    _client = datagram.RemoteEndPoint;
                    await _back.SendAsync(datagram.Buffer, _gateway);
                }
                else if (_client is not null)
                {
                    await _front.SendAsync(datagram.Buffer, _client);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The next client has begun, or the test is over.
        }
    }

    private sealed class Detour(TrafficRecorder recorder, IMatchmaker inner) : IMatchmaker
    {
        public async Task<MatchAnswer> MatchAsync(int attempt, string? room, string? template, bool spectate, CancellationToken cancellation)
        {
            var answer = await inner.MatchAsync(attempt, room, template, spectate, cancellation);
            recorder.Begin();
            var port = ((IPEndPoint)recorder._front.Client.LocalEndPoint!).Port;
            return answer with { Gateways = [answer.Gateways[0] with { UdpHost = "127.0.0.1", UdpPort = port }] };
        }
    }
}
