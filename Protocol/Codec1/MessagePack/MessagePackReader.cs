// Reads MessagePack exactly as leniently as the original's decoder does. Never throws, never trusts a declared length.
using System;
using System.Text;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>
/// A cursor over one message. Every read answers false for anything the original refuses (WIRE_FORMAT §6); the reader is then spent.
/// Spans it returns point into the message.
/// </summary>
public ref struct MessagePackReader
{
    /// <summary>Most arrays, maps and ext values open at once; one more is refused.</summary>
    public const int MaxDepth = Nesting.MaxDepth;

    private HeadReader _heads;
    private Nesting _nesting;
    private int _binEnd;

    /// <summary>Reads from the start of a message.</summary>
    public MessagePackReader(ReadOnlySpan<byte> data)
    {
        _heads = new HeadReader(data);
        _nesting = default;
        _binEnd = 0;
        IsInBin = false;
    }

    /// <summary>Bytes consumed.</summary>
    public readonly int Position => _heads.Position;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _heads.Remaining;

    /// <summary>What has not been consumed.</summary>
    public readonly ReadOnlySpan<byte> Rest => _heads.Rest;

    /// <summary>Whether the fields of a bin-form struct are being read: one raw byte each.</summary>
    internal bool IsInBin { readonly get; private set; }

    /// <summary>Any integer marker whose value fits; in a bin-form struct one raw byte.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        if (IsInBin)
            return TryReadBinItem(out value);
        if (!_heads.TryReadInteger(out value, out var negative))
            return false;
        return !negative;
    }

    /// <summary>Nil or an integer.</summary>
    public bool TryReadOptionalUInt64(out bool hasValue, out ulong value)
    {
        value = 0;
        hasValue = false;
        if (IsInBin || Remaining < 1)
            return false;
        if (_heads.IsNext(Marker.Nil))
            return _heads.TryReadMarker(out _);
        hasValue = true;
        return TryReadUInt64(out value);
    }

    /// <summary>f32, f64 or any integer, to the nearest float32; in a bin-form struct one raw byte.</summary>
    public bool TryReadSingle(out float value)
    {
        value = 0f;
        if (IsInBin)
        {
            if (!TryReadBinItem(out var item))
                return false;
            value = item;
            return true;
        }

        return _heads.TryReadSingle(out value);
    }

    /// <summary>A fixed array of floats: an array of exactly that length, or a bin of at least that many bytes.</summary>
    public bool TryReadSingles(scoped Span<float> values)
    {
        if (IsInBin || !_heads.TryReadMarker(out var marker))
            return false;
        if (_heads.TryReadBinLength(marker, out var length, out var isBin))
        {
            if (!_heads.TryTake(length, out var items) || items.Length < values.Length)
                return false;
            for (var i = 0; i < values.Length; i++)
                values[i] = items[i];
            return true;
        }

        if (isBin || !_heads.TryReadArrayLength(marker, out var count) || count != (uint)values.Length || !_nesting.TryEnter())
            return false;
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryReadSingle(out values[i]))
                return false;
        }

        Leave();
        return true;
    }

    /// <summary>True or false.</summary>
    public bool TryReadBoolean(out bool value)
    {
        value = false;
        if (IsInBin || !_heads.TryReadMarker(out var marker))
            return false;
        value = marker == Marker.True;
        return marker is Marker.True or Marker.False;
    }

    /// <summary>Nil.</summary>
    public bool TryReadNil() => !IsInBin && _heads.TryReadMarker(out var marker) && marker == Marker.Nil;

    /// <summary>A text as str or bin; its bytes are valid UTF-8.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        return !IsInBin && _heads.TryReadMarker(out var marker) && _heads.TryReadRaw(marker, out utf8) && Utf8Text.IsValid(utf8);
    }

    /// <summary>A text as a string.</summary>
    /// <param name="maxBytes">A longer one is refused before anything is allocated.</param>
    /// <param name="value">The text, empty on failure.</param>
    public bool TryReadString(int maxBytes, out string value)
    {
        value = string.Empty;
        if (!TryReadText(out var utf8) || utf8.Length > maxBytes)
            return false;
        value = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>Bytes as bin, str or an array of integers 0–255. Only the array form allocates, and never more than the message is long.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (IsInBin || !_heads.TryReadMarker(out var marker))
            return false;
        if (_heads.TryReadRaw(marker, out value))
            return true;
        if (!_heads.TryReadArrayLength(marker, out var count) || count > (uint)Remaining || !_nesting.TryEnter())
            return false;
        var start = Position;
        for (var i = 0u; i < count; i++)
        {
            if (!this.TryReadByte(out _))
                return false;
        }

        _heads.Position = start;
        var bytes = new byte[count];
        for (var i = 0; i < bytes.Length; i++)
            this.TryReadByte(out bytes[i]);
        Leave();
        value = bytes;
        return true;
    }

    /// <summary>Opens a sequence: an array, or an empty bin. Its items follow, then <see cref="EndSequence"/>.</summary>
    public bool TryBeginSequence(out uint count)
    {
        count = 0;
        if (IsInBin || !_heads.TryReadMarker(out var marker))
            return false;
        if (_heads.TryReadBinLength(marker, out var length, out var isBin))
            return length == 0 && _nesting.TryEnter();
        return !isBin && _heads.TryReadArrayLength(marker, out count) && _nesting.TryEnter();
    }

    /// <summary>Opens a fixed array of anything but plain numbers: an array of exactly that length. Then <see cref="EndSequence"/>.</summary>
    public bool TryBeginArray(int length) =>
        !IsInBin && _heads.TryReadMarker(out var marker) && _heads.TryReadArrayLength(marker, out var count) && count == (uint)length && _nesting.TryEnter();

    /// <summary>Closes a sequence.</summary>
    public void EndSequence() => Leave();

    /// <summary>Opens a map; its keys and values follow, then <see cref="EndSequence"/>.</summary>
    public bool TryBeginMap(out uint count)
    {
        count = 0;
        return !IsInBin && _heads.TryReadMarker(out var marker) && _heads.TryReadMapLength(marker, out count) && _nesting.TryEnter();
    }

    /// <summary>Opens a struct in array, map or bin form.</summary>
    public bool TryBeginStruct(StructShape shape, out StructReader fields)
    {
        fields = default;
        if (IsInBin || !_heads.TryReadMarker(out var marker))
            return false;
        if (_heads.TryReadArrayLength(marker, out var count))
        {
            fields = new StructReader(shape, isMap: false, isBin: false, count);
            return count == (uint)shape.Count && _nesting.TryEnter();
        }

        if (_heads.TryReadMapLength(marker, out count))
        {
            fields = new StructReader(shape, isMap: true, isBin: false, count);
            return _nesting.TryEnter();
        }

        if (!_heads.TryReadBinLength(marker, out var length, out _) || (uint)length > (uint)Remaining)
            return false;
        fields = new StructReader(shape, isMap: false, isBin: true, 0);
        IsInBin = true;
        _binEnd = Position + length;
        return true;
    }

    /// <summary>Reads which variant of an enum comes: a bare identifier, or a one-entry map whose body follows (no level of nesting).</summary>
    /// <param name="shape">The enum.</param>
    /// <param name="index">The variant.</param>
    /// <param name="hasBody">Map form: the body is the next value, nil for a unit variant.</param>
    public bool TryReadVariant(EnumShape shape, out int index, out bool hasBody)
    {
        index = -1;
        hasBody = false;
        if (IsInBin || !_heads.TryReadMarker(out var marker))
            return false;
        if (_heads.TryReadMapLength(marker, out var entries))
        {
            hasBody = true;
            if (entries != 1 || !_heads.TryReadMarker(out marker))
                return false;
        }

        if (_heads.TryReadRaw(marker, out var name))
            index = shape.IndexOf(name);
        else if (_heads.TryReadIndex(marker, out var number) && number < (ulong)shape.Count)
            index = (int)number;
        return index >= 0;
    }

    /// <summary>Reads an enum that has only unit variants.</summary>
    public bool TryReadUnitVariant(EnumShape shape, out int index) =>
        TryReadVariant(shape, out index, out var hasBody) && (!hasBody || TryReadNil());

    /// <summary>Skips one well-formed value of any type.</summary>
    public bool TrySkip() => ValueSkipper.TrySkip(ref _heads, ref _nesting);

    /// <summary>Reads a map key of a struct: −1 for an unknown one. Only str, bin and unsigned markers are keys.</summary>
    internal bool TryReadKey(StructShape shape, out int field)
    {
        field = -1;
        if (!_heads.TryReadMarker(out var marker))
            return false;
        if (_heads.TryReadRaw(marker, out var name))
        {
            field = shape.IndexOf(name);
            return true;
        }

        if (!_heads.TryReadIndex(marker, out var number))
            return false;
        if (number < (ulong)shape.Count)
            field = (int)number;
        return true;
    }

    /// <summary>Closes the bin form of a struct; what is left of it is ignored.</summary>
    internal void EndBin()
    {
        _heads.Position = _binEnd;
        IsInBin = false;
    }

    /// <summary>Closes an array or map.</summary>
    internal void Leave() => _nesting.Leave();

    private bool TryReadBinItem(out ulong value)
    {
        value = 0;
        if (Position >= _binEnd || !_heads.TryReadMarker(out var item))
            return false;
        value = item;
        return true;
    }
}
