// The values of one component type in a client's view.
using System;
using System.Buffers.Binary;
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
    private const int MaxCounted = 64;

    private readonly ComponentCodec<T> _codec;
    private readonly ByteWriter _scratch = new(MaxCounted);
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
    public override ulong TickOf(int slot) => Confirmed is null ? _ticks[slot] : Math.Max(_ticks[slot], Confirmed[slot]);

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
        Set(slot, tick, value);
        if (_payloads is not null)
            _payloads[slot] = payload.ToArray();
        return true;
    }

    internal override bool TryAcceptFrameForm(int slot, ulong tick, ReadOnlySpan<byte> bytes)
    {
        if (_present[slot] && tick < _ticks[slot])
            return true;
        if (_payloads is not null && _payloads[slot] is { } known && bytes.SequenceEqual(known))
        {
            _ticks[slot] = tick;
            return true;
        }

        var reader = new ByteReader(bytes);
        var value = default(T);
        if (!value.TryRead(ref reader) || reader.Remaining != 0)
            return false;
        Set(slot, tick, value);
        if (_payloads is not null)
            _payloads[slot] = bytes.ToArray();
        return true;
    }

    internal override void CountDown(int slot, ulong tick, int offset)
    {
        if (!_present[slot] || tick <= _ticks[slot])
            return;
        _scratch.Clear();
        _values[slot].Write(_scratch);
        Span<byte> bytes = stackalloc byte[MaxCounted];
        if (_scratch.Length > MaxCounted || offset + sizeof(uint) > _scratch.Length)
            return;
        _scratch.Written.CopyTo(bytes);
        var left = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(offset));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(offset), left - (uint)Math.Min(left, tick - _ticks[slot]));
        var reader = new ByteReader(bytes.Slice(0, _scratch.Length));
        _values[slot].TryRead(ref reader);
        _ticks[slot] = tick;
    }

    /// <summary>Takes a value that is newer than the one here.</summary>
    internal void Set(int slot, ulong tick, in T value)
    {
        _values[slot] = value;
        _ticks[slot] = tick;
        _present[slot] = true;
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

    internal override bool TryCorrupt(int slot, int place, byte mask)
    {
        if (!_present[slot] || RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            return false;
        var writer = new ByteWriter();
        _values[slot].Write(writer);
        var bytes = writer.Written.ToArray();
        bytes[place] ^= mask;
        var reader = new ByteReader(bytes);
        return _values[slot].TryRead(ref reader);
    }
}
