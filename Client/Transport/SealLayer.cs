// Seals and opens what LiteNetLib sends and receives, with the keys of a connect token.
using System;
using System.Net;
using Aetheris.Protocol.Sealing;
using LiteNetLib.Layers;

namespace Aetheris.Client.Transport;

/// <summary>One connection's layer. A connect request leaves as a first datagram, which shows the token, as often as LiteNetLib repeats it.</summary>
internal sealed class SealLayer : PacketLayerBase, IDisposable
{
    private const byte PropertyMask = 0x1F;
    private const byte ConnectRequestProperty = 6;

    private SealedChannel? _channel;
    private ConnectToken? _token;
    private IPAddress _address = IPAddress.None;
    private int _port;

    public SealLayer()
        : base(SealLimits.Overhead)
    {
    }

    /// <summary>Datagrams that were not the gateway's, or came twice.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes the keys of a token. Before anything is sent.</summary>
    /// <exception cref="PlatformNotSupportedException">This runtime has no AES-GCM.</exception>
    public void Use(ConnectToken token)
    {
        _channel?.Dispose();
        _channel = new SealedChannel(token.ClientKey, token.GatewayKey);
        _token = token;
    }

    /// <summary>Hears this end point alone.</summary>
    public void Aim(IPEndPoint gateway)
    {
        _address = gateway.Address;
        _port = gateway.Port;
    }

    /// <inheritdoc />
    public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
    {
        if (_channel is not null && endPoint.Port == _port && endPoint.Address.Equals(_address)
            && _channel.Open(data.AsSpan(0, length), out var opened) == SealVerdict.Genuine
            && (data[0] & PropertyMask) != ConnectRequestProperty)
        {
            length = opened;
            return;
        }

        Dropped++;
        length = 0;
    }

    /// <inheritdoc />
    public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
    {
        if (_channel is null || _token is null)
            throw new InvalidOperationException("nothing is sent before the token is known");
        if ((data[offset] & PropertyMask) != ConnectRequestProperty)
        {
            length = _channel.Seal(data.AsSpan(offset), length);
            return;
        }

        // Longer than the room that LiteNetLib made; the array becomes its own.
        var first = new byte[SealedChannel.FirstLength(length, _token.SealedPart.Length)];
        _channel.SealFirst(data.AsSpan(offset, length), _token.SealedPart, first);
        data = first;
        offset = 0;
        length = first.Length;
    }

    /// <inheritdoc />
    public void Dispose() => _channel?.Dispose();
}
