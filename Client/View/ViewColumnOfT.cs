// The values of one component type in a client's view.
using System;
using System.Runtime.CompilerServices;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Components;

namespace Aetheris.Client.View;

/// <summary>Newest wins by tick; of two values for one tick the later arrival stays.</summary>
/// <typeparam name="T">The component.</typeparam>
public sealed class ViewColumn<T> : ViewColumn
    where T : struct, IComponent<T>
{
    private readonly ComponentCodec<T> _codec;
    private T[] _values = new T[ClientView.InitialCapacity];
    private ulong[] _ticks = new ulong[ClientView.InitialCapacity];
    private bool[] _present = new bool[ClientView.InitialCapacity];
    private byte[]?[]? _payloads;

    /// <summary>Creates a column.</summary>
    public ViewColumn(ushort kind, ComponentCodec<T> codec)
        : base(kind)
    {
        _codec = codec;

        // Values with text are decoded again only when their bytes differ: a repeat must not allocate.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            _payloads = new byte[]?[ClientView.InitialCapacity];
    }

    /// <inheritdoc />
    public override Type ValueType => typeof(T);

    /// <inheritdoc />
    public override bool Has(int slot) => _present[slot];

    /// <inheritdoc />
    public override ulong TickOf(int slot) => _ticks[slot];

    /// <inheritdoc />
    public override void WriteFrameForm(int slot, ByteWriter into) => _values[slot].Write(into);

    /// <summary>A slot's value; default without one.</summary>
    public ref readonly T this[int slot] => ref _values[slot];

    internal override bool TryAccept(int slot, ulong tick, ReadOnlySpan<byte> payload)
    {
        if (_present[slot] && tick < _ticks[slot])
            return true;
        if (_payloads is not null && _payloads[slot] is { } known && payload.SequenceEqual(known))
        {
            _ticks[slot] = tick;
            return true;
        }

        if (!_codec.TryRead(payload, out var value))
            return false;
        _values[slot] = value;
        _ticks[slot] = tick;
        _present[slot] = true;
        if (_payloads is not null)
            _payloads[slot] = payload.ToArray();
        return true;
    }

    internal override void Clear(int slot)
    {
        _values[slot] = default;
        _ticks[slot] = 0;
        _present[slot] = false;
        if (_payloads is not null)
            _payloads[slot] = null;
    }

    internal override void Grow(int capacity)
    {
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _ticks, capacity);
        Array.Resize(ref _present, capacity);
        if (_payloads is not null)
            Array.Resize(ref _payloads, capacity);
    }

    internal override bool TryCorrupt(int slot, byte mask)
    {
        if (!_present[slot] || RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            return false;
        var writer = new ByteWriter();
        _values[slot].Write(writer);
        var bytes = writer.Written.ToArray();
        bytes[0] ^= mask;
        var reader = new ByteReader(bytes);
        return _values[slot].TryRead(ref reader);
    }
}
