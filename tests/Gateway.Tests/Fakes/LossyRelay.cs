// A network between a client and a UDP door that loses datagrams and swaps others.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Gateway.Tests.Fakes;

/// <summary>Relays between one client and a port of the loopback, by hand; what it does to which datagram is fixed by a seed.</summary>
internal sealed class LossyRelay : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Random _random = new(7);
    private readonly IPEndPoint _server;
    private IPEndPoint? _client;
    private (byte[] Bytes, IPEndPoint To)? _held;

    public LossyRelay(int serverPort) => _server = new IPEndPoint(IPAddress.Loopback, serverPort);

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    public int Dropped { get; private set; }

    public int Swapped { get; private set; }

    /// <summary>Passes on what has arrived: a fifth is lost, and of the rest a third is overtaken by its successor.</summary>
    public void Step()
    {
        while (_socket.Available > 0)
        {
            var from = new IPEndPoint(IPAddress.Any, 0);
            var bytes = _socket.Receive(ref from);
            if (!from.Equals(_server))
                _client = from;
            var to = from.Equals(_server) ? _client : _server;
            var chance = _random.NextDouble();
            if (to is null || chance < 0.2)
            {
                Dropped++;
                continue;
            }

            if (chance < 0.5 && _held is null)
            {
                _held = (bytes, to);
                continue;
            }

            _socket.Send(bytes, to);
            if (_held is not { } held)
                continue;
            _held = null;
            Swapped++;
            _socket.Send(held.Bytes, held.To);
        }
    }

    public void Dispose() => _socket.Dispose();
}
