// Strangers' first datagrams from many addresses of the loopback network.
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Cluster.Tests;

/// <summary>
/// Of four datagrams one is random behind the right magic, one a real token's sealed part with a flipped bit, one a real first datagram with
/// a packet that its sender could not seal, and one a plain connect request of LiteNetLib. Talks to 127.0.0.1 only.
/// </summary>
internal sealed class ForgedFlood : IDisposable
{
    private const int Addresses = 200;
    private const int Batch = 40;

    private readonly List<Socket> _sockets = [];
    private readonly IPEndPoint _gateway;
    private readonly byte[] _sealedPart;
    private readonly Random _random = new(20310501);

    public ForgedFlood(int port, string token)
    {
        _gateway = new IPEndPoint(IPAddress.Loopback, port);
        Assert.True(ConnectToken.TryParse(token, out var parsed));
        _sealedPart = parsed!.SealedPart.ToArray();
        for (var i = 0; i < Addresses; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            socket.Bind(new IPEndPoint(new IPAddress([127, (byte)(1 + (i / 250)), (byte)_random.Next(256), (byte)(1 + (i % 250))]), 0));
            _sockets.Add(socket);
        }
    }

    /// <summary>Datagrams sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes, and datagrams, that came back.</summary>
    public long Answered => _sockets.Sum(socket => (long)socket.Available);

    /// <summary>Sends at a steady rate.</summary>
    public async Task RunAsync(int perSecond, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var datagrams = Enumerable.Range(0, 4096).Select(Create).ToArray();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            for (var i = 0; i < Batch; i++)
            {
                _sockets[(int)(Sent % Addresses)].SendTo(datagrams[Sent % datagrams.Length], _gateway);
                Sent++;
            }

            if (Sent / (double)perSecond > Stopwatch.GetElapsedTime(started).TotalSeconds)
                await Task.Delay(1);
        }
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private byte[] Create(int number)
    {
        var bytes = RandomNumberGenerator.GetBytes(SealedChannel.FirstLength(100, _sealedPart.Length));
        bytes[0] = 0xAE;
        bytes[1] = 0x54;
        bytes[2] = 0x48;
        bytes[3] = 1;
        bytes[12] = (byte)_sealedPart.Length;
        bytes[13] = (byte)(_sealedPart.Length >> 8);
        switch (number % 4)
        {
            case 0:
                return bytes;
            case 1:
                _sealedPart.CopyTo(bytes, SealLimits.FirstHead);
                bytes[SealLimits.FirstHead + _random.Next(_sealedPart.Length)] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 2:
                _sealedPart.CopyTo(bytes, SealLimits.FirstHead);
                return bytes;
            default:
                byte[] plain = [6, 13, 0, 0, 0, .. RandomNumberGenerator.GetBytes(8), 0, 0, 0, 0, 16, .. new byte[16], 0x41, 0x45, 0x54, 0x48, 1, 0, 2, 0, 0, 0];
                return plain;
        }
    }
}
