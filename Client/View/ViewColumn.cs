// The values of one component kind in a client's view, for code that does not know the type.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Client.View;

/// <summary>Values and the ticks they hold for, by slot.</summary>
public abstract class ViewColumn
{
    /// <summary>Creates a column.</summary>
    protected ViewColumn(ushort kind) => Kind = kind;

    /// <summary>
    /// Ticks, by slot, up to which values that were not sent again are known to hold; null where every value carries its own tick.
    /// </summary>
    internal ulong[]? Confirmed { get; set; }

    /// <summary>Number of the kind.</summary>
    public ushort Kind { get; }

    /// <summary>Type of the component.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Whether a slot has a value.</summary>
    public abstract bool Has(int slot);

    /// <summary>Server tick of a slot's value.</summary>
    public abstract ulong TickOf(int slot);

    /// <summary>Appends a slot's value in the little-endian form of frames: for tools that compare.</summary>
    public abstract void WriteFrameForm(int slot, ByteWriter into);

    internal abstract bool TryAccept(int slot, ulong tick, ReadOnlySpan<byte> payload);

    /// <summary>Takes a value in its frame form; false when it cannot be read.</summary>
    internal abstract bool TryAcceptFrameForm(int slot, ulong tick, ReadOnlySpan<byte> bytes);

    /// <summary>Lets a u32 in the value fall by one per tick, down to 0, until a tick.</summary>
    internal abstract void CountDown(int slot, ulong tick, int offset);

    internal abstract void Clear(int slot);

    internal abstract void Grow(int capacity);

    internal abstract bool TryCorrupt(int slot, int place, byte mask);
}
