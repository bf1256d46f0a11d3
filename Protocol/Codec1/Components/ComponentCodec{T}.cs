// The codec-1 payload of one component kind.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Codec of one component. A game derives one for its own component and adds it with <see cref="Codec1Components.With"/>.</summary>
/// <typeparam name="T">The component.</typeparam>
public abstract class ComponentCodec<T> : ComponentCodec
    where T : struct, IComponent<T>
{
    /// <inheritdoc />
    protected ComponentCodec(ushort kind, string name)
        : base(kind, name)
    {
    }

    /// <inheritdoc />
    public sealed override Type ValueType => typeof(T);

    /// <summary>Writes the payload.</summary>
    public abstract void Write(scoped ref MessagePackWriter writer, in T value);

    /// <summary>Reads the payload as leniently as the original; false leaves the value undefined.</summary>
    public abstract bool TryRead(scoped ref MessagePackReader reader, out T value);

    /// <summary>Appends the payload. Allocates only when the buffer grows.</summary>
    public void Write(ByteWriter into, in T value)
    {
        var writer = new MessagePackWriter(into);
        Write(ref writer, in value);
        writer.Flush();
    }

    /// <summary>Writes the payload into a fixed buffer; false when it does not fit.</summary>
    public bool TryWrite(Span<byte> destination, in T value, out int written)
    {
        var writer = new MessagePackWriter(destination);
        Write(ref writer, in value);
        written = writer.Overflowed ? 0 : writer.Length;
        return !writer.Overflowed;
    }

    /// <summary>Reads a payload; bytes after it are ignored. False for anything the original refuses.</summary>
    public bool TryRead(ReadOnlySpan<byte> payload, out T value)
    {
        var reader = new MessagePackReader(payload);
        return TryRead(ref reader, out value);
    }

    /// <inheritdoc />
    public sealed override bool TryTranscode(scoped ref ByteReader from, scoped ref MessagePackWriter payload)
    {
        T value = default;
        if (!value.TryRead(ref from))
            return false;
        Write(ref payload, in value);
        return !payload.Overflowed;
    }

    /// <inheritdoc />
    public sealed override bool TryTranscode(ReadOnlySpan<byte> payload, ByteWriter into)
    {
        if (!TryRead(payload, out var value))
            return false;
        value.Write(into);
        return true;
    }

    /// <inheritdoc />
    public sealed override bool TryCanonicalize(ReadOnlySpan<byte> payload, scoped ref MessagePackWriter into)
    {
        if (!TryRead(payload, out var value))
            return false;
        Write(ref into, in value);
        return !into.Overflowed;
    }
}
