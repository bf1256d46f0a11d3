// One end of a sealed connection: its two keys, its counter, and what it has seen of the other end.
using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Aetheris.Protocol.Sealing;

/// <summary>
/// Datagram: counter u64 big-endian | sealed bytes | tag 16. First datagram, by which a client shows its token:
/// magic AE 54 48 01 | counter | length u16 | sealed part of the token | sealed bytes | tag, all before the sealed bytes authenticated with
/// them. Counters begin at random, so that a key used twice by mistake meets no counter twice; their first bit is never set, a magic's
/// always. Single-threaded; allocates nothing per datagram.
/// </summary>
public sealed class SealedChannel : IDisposable
{
    private const uint Magic = 0xAE544800 | ProtocolVersions.Seal;
    private const byte FirstMark = 0x80;
    private const int CounterAt = 4;
    private const int LengthAt = CounterAt + SealLimits.CounterSize;
    private const int MaxInner = 2048;

    private readonly PacketCipher _send;
    private readonly PacketCipher _receive;
    private readonly byte[] _plain = new byte[MaxInner];
    private ReplayWindow _window;
    private ulong _counter;

    /// <summary>An end of a connection.</summary>
    /// <param name="sendKey">Key of what this end says, 32 bytes.</param>
    /// <param name="receiveKey">Key of what the other end says.</param>
    /// <exception cref="PlatformNotSupportedException">This runtime has no AES-GCM.</exception>
    public SealedChannel(ReadOnlySpan<byte> sendKey, ReadOnlySpan<byte> receiveKey)
    {
        _send = new PacketCipher(sendKey);
        _receive = new PacketCipher(receiveKey);
        Span<byte> start = stackalloc byte[SealLimits.CounterSize];
        RandomNumberGenerator.Fill(start);
        _counter = BinaryPrimitives.ReadUInt64BigEndian(start) >> 2;
    }

    /// <summary>Whether bytes begin like a first datagram. Any bytes.</summary>
    public static bool IsFirst(ReadOnlySpan<byte> datagram) => datagram.Length > 0 && (datagram[0] & FirstMark) != 0;

    /// <summary>Finds the sealed part of a token in a first datagram; false for anything that is none.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> datagram, out ReadOnlySpan<byte> sealedToken)
    {
        sealedToken = default;
        if (datagram.Length < SealLimits.FirstHead + SealLimits.TagSize || BinaryPrimitives.ReadUInt32BigEndian(datagram) != Magic)
            return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(datagram.Slice(LengthAt));
        if (length is 0 or > SealLimits.MaxSealed || datagram.Length <= SealLimits.FirstHead + length + SealLimits.TagSize)
            return false;
        sealedToken = datagram.Slice(SealLimits.FirstHead, length);
        return true;
    }

    /// <summary>Seals a packet where it stands.</summary>
    /// <param name="buffer">The packet, and 24 bytes more.</param>
    /// <param name="length">Length of the packet.</param>
    /// <returns>Length of the datagram.</returns>
    public int Seal(Span<byte> buffer, int length)
    {
        buffer.Slice(0, length).CopyTo(buffer.Slice(SealLimits.CounterSize));
        var counter = _counter++;
        BinaryPrimitives.WriteUInt64BigEndian(buffer, counter);
        var body = buffer.Slice(SealLimits.CounterSize, length);
        Span<byte> nonce = stackalloc byte[PacketCipher.NonceSize];
        WriteNonce(nonce, counter, first: false);
        _send.Seal(nonce, body, body, buffer.Slice(SealLimits.CounterSize + length, SealLimits.TagSize), default);
        return length + SealLimits.Overhead;
    }

    /// <summary>Opens a datagram where it stands.</summary>
    /// <param name="datagram">Any bytes; the packet is at its beginning after success, and nothing is changed otherwise.</param>
    /// <param name="length">Length of the packet.</param>
    public SealVerdict Open(Span<byte> datagram, out int length)
    {
        length = datagram.Length - SealLimits.Overhead;
        if (length is <= 0 or > MaxInner || IsFirst(datagram))
            return SealVerdict.Malformed;
        var counter = BinaryPrimitives.ReadUInt64BigEndian(datagram);
        return Open(datagram, SealLimits.CounterSize, counter, associated: 0, length);
    }

    /// <summary>Writes a first datagram.</summary>
    /// <param name="packet">The packet inside it.</param>
    /// <param name="sealedToken">Sealed part of the token, at most 512 bytes.</param>
    /// <param name="into">Room for <see cref="FirstLength"/>.</param>
    public void SealFirst(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> sealedToken, Span<byte> into)
    {
        var counter = _counter++;
        BinaryPrimitives.WriteUInt32BigEndian(into, Magic);
        BinaryPrimitives.WriteUInt64BigEndian(into.Slice(CounterAt), counter);
        BinaryPrimitives.WriteUInt16LittleEndian(into.Slice(LengthAt), (ushort)sealedToken.Length);
        sealedToken.CopyTo(into.Slice(SealLimits.FirstHead));
        var clear = SealLimits.FirstHead + sealedToken.Length;
        Span<byte> nonce = stackalloc byte[PacketCipher.NonceSize];
        WriteNonce(nonce, counter, first: true);
        _send.Seal(nonce, packet, into.Slice(clear, packet.Length), into.Slice(clear + packet.Length, SealLimits.TagSize), into.Slice(0, clear));
    }

    /// <summary>Length of a first datagram, in bytes.</summary>
    public static int FirstLength(int packet, int sealedToken) => SealLimits.FirstHead + sealedToken + packet + SealLimits.TagSize;

    /// <summary>Opens a first datagram whose token holds this connection's keys.</summary>
    /// <param name="datagram">Any bytes; the packet is at its beginning after success, and nothing is changed otherwise.</param>
    /// <param name="length">Length of the packet.</param>
    public SealVerdict OpenFirst(Span<byte> datagram, out int length)
    {
        length = 0;
        if (!TryReadFirst(datagram, out var sealedToken))
            return SealVerdict.Malformed;
        var clear = SealLimits.FirstHead + sealedToken.Length;
        length = datagram.Length - clear - SealLimits.TagSize;
        if (length > MaxInner)
            return SealVerdict.Malformed;
        return Open(datagram, clear, BinaryPrimitives.ReadUInt64BigEndian(datagram.Slice(CounterAt)), clear, length);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _send.Dispose();
        _receive.Dispose();
    }

    private static void WriteNonce(Span<byte> nonce, ulong counter, bool first)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, first ? Magic : 0);
        BinaryPrimitives.WriteUInt64BigEndian(nonce.Slice(PacketCipher.NonceSize - SealLimits.CounterSize), counter);
    }

    private SealVerdict Open(Span<byte> datagram, int at, ulong counter, int associated, int length)
    {
        if (!_window.IsNew(counter))
            return SealVerdict.Replayed;
        Span<byte> nonce = stackalloc byte[PacketCipher.NonceSize];
        WriteNonce(nonce, counter, first: associated > 0);
        var plain = _plain.AsSpan(0, length);
        if (!_receive.TryOpen(nonce, datagram.Slice(at, length), datagram.Slice(at + length, SealLimits.TagSize), datagram.Slice(0, associated), plain))
            return SealVerdict.Forged;
        _window.Mark(counter);
        plain.CopyTo(datagram);
        return SealVerdict.Genuine;
    }
}
