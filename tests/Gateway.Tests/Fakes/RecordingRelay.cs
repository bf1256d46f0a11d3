// A network between one client and a UDP door that records, drops on request and can change the client's address.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Gateway.Tests.Fakes;

/// <summary>Relays by hand on the loopback.</summary>
internal sealed class RecordingRelay : IDisposable
{
    private readonly UdpClient _front = Open();
    private readonly IPEndPoint _server;
    private UdpClient _back = Open();
    private IPEndPoint? _client;

    public RecordingRelay(int serverPort) => _server = new IPEndPoint(IPAddress.Loopback, serverPort);

    public int Port => ((IPEndPoint)_front.Client.LocalEndPoint!).Port;

    public List<byte[]> Up { get; } = [];

    public List<byte[]> Down { get; } = [];

    /// <summary>Whether the n-th datagram to the client arrives.</summary>
    public Func<int, bool> PassDown { get; set; } = _ => true;

    /// <summary>Passes on what has arrived.</summary>
    public void Step()
    {
        while (_front.Available > 0)
        {
            var from = new IPEndPoint(IPAddress.Any, 0);
            var bytes = _front.Receive(ref from);
            _client = from;
            Up.Add(bytes);
            _back.Send(bytes, _server);
        }

        while (_back.Available > 0)
        {
            var from = new IPEndPoint(IPAddress.Any, 0);
            var bytes = _back.Receive(ref from);
            Down.Add(bytes);
            if (_client is not null && PassDown(Down.Count - 1))
                _front.Send(bytes, _client);
        }
    }

    /// <summary>Sends as if it were the client.</summary>
    public void Inject(byte[] datagram) => _back.Send(datagram, _server);

    /// <summary>The client has another address from now on.</summary>
    public void ChangeAddress()
    {
        _back.Dispose();
        _back = Open();
    }

    public void Dispose()
    {
        _front.Dispose();
        _back.Dispose();
    }

    private static UdpClient Open() => new(new IPEndPoint(IPAddress.Loopback, 0));
}
