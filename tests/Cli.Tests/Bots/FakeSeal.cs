// The fake server's side of sealed datagrams: tokens whose "sealed part" is a number that only this process can resolve.
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Aetheris.Protocol.Sealing;
using LiteNetLib.Layers;

namespace Aetheris.Cli.Tests.Bots;

/// <summary>Tokens are issued on any thread, datagrams pass on the server's.</summary>
internal sealed class FakeSeal() : PacketLayerBase(SealLimits.Overhead)
{
    private readonly ConcurrentDictionary<int, (ConnectToken Token, string Player)> _issued = new();
    private readonly Dictionary<string, (SealedChannel Channel, string Player)> _peers = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>A connect token for a player.</summary>
    public string Issue(string player)
    {
        var number = Interlocked.Increment(ref _next);
        var token = new ConnectToken(0, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), BitConverter.GetBytes(number));
        _issued[number] = (token, player);
        return token.Encode();
    }

    /// <summary>Whose token an end point has shown.</summary>
    public string PlayerAt(IPEndPoint endPoint) => _peers[Key(endPoint)].Player;

    public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
    {
        var datagram = data.AsSpan(0, length);
        length = 0;
        if (!SealedChannel.IsFirst(datagram))
        {
            if (_peers.TryGetValue(Key(endPoint), out var known) && known.Channel.Open(datagram, out var opened) == SealVerdict.Genuine)
                length = opened;
            return;
        }

        if (!SealedChannel.TryReadFirst(datagram, out var shown) || !_issued.TryGetValue(BitConverter.ToInt32(shown), out var issued))
            return;
        if (!_peers.TryGetValue(Key(endPoint), out var peer))
            peer = (new SealedChannel(issued.Token.GatewayKey, issued.Token.ClientKey), issued.Player);
        if (peer.Channel.OpenFirst(datagram, out var packet) != SealVerdict.Genuine)
            return;
        _peers[Key(endPoint)] = peer;
        length = packet;
    }

    public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length) =>
        length = _peers[Key(endPoint)].Channel.Seal(data.AsSpan(offset), length);

    private static string Key(IPEndPoint endPoint) => $"{endPoint.Address}:{endPoint.Port}";
}
