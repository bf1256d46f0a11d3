// A copy of one message in a pooled buffer, for the queues between a socket and its poller.
using System;
using System.Buffers;

namespace Aetheris.Client.Transport;

/// <summary>Whoever takes it out of its queue returns it, once.</summary>
internal readonly struct PooledMessage
{
    private readonly byte[] _bytes;

    private PooledMessage(byte[] bytes, int length)
    {
        _bytes = bytes;
        Length = length;
    }

    /// <summary>Bytes of the message.</summary>
    public int Length { get; }

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Copies a message.</summary>
    public static PooledMessage Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
        bytes.CopyTo(copy);
        return new PooledMessage(copy, bytes.Length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
}
