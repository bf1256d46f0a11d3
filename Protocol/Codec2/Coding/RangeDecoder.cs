// Reads what RangeEncoder wrote.
using System;
using System.Runtime.CompilerServices;

namespace Aetheris.Protocol.Codec2;

/// <summary>The mirror of <see cref="RangeEncoder"/>. Past the end of its bytes it reads zeros and remembers when those were more than an encoder leaves out.</summary>
internal struct RangeDecoder : IBitCoder
{
    private const int Spare = 4;

    private readonly ushort[] _contexts;
    private readonly byte[] _bytes;
    private int _length;
    private int _position;
    private uint _low;
    private uint _high;
    private uint _value;

    internal RangeDecoder(ushort[] contexts)
    {
        _contexts = contexts;
        _bytes = new byte[Codec2Limits.MaxBlock];
        _length = 0;
        _position = 0;
        _low = 0;
        _high = 0;
        _value = 0;
    }

    /// <inheritdoc />
    public readonly bool IsEncoding => false;

    /// <summary>Whether more was read than an encoder ever leaves out: the bytes are not a block.</summary>
    internal readonly bool IsOverrun => _position > _length + Spare;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(int context, int bit)
    {
        ref var probability = ref _contexts[context];
        var middle = _low + (uint)(((ulong)(_high - _low) * probability) >> 16);
        if (_value <= middle)
        {
            _high = middle;
            probability += (ushort)((65536 - probability) >> ContextModel.Rate);
            bit = 1;
        }
        else
        {
            _low = middle + 1;
            probability -= (ushort)(probability >> ContextModel.Rate);
            bit = 0;
        }

        if (((_low ^ _high) & 0xFF000000) == 0)
            Shift();
        return bit;
    }

    /// <inheritdoc />
    public uint Raw(int count, uint value)
    {
        value = 0;
        while (count-- > 0)
        {
            var middle = _low + ((_high - _low) >> 1);
            if (_value <= middle)
            {
                _high = middle;
                value = (value << 1) | 1;
            }
            else
            {
                _low = middle + 1;
                value <<= 1;
            }

            if (((_low ^ _high) & 0xFF000000) == 0)
                Shift();
        }

        return value;
    }

    /// <summary>Begins a block of at most <see cref="Codec2Limits.MaxBlock"/> bytes.</summary>
    internal void Start(ReadOnlySpan<byte> block)
    {
        block.CopyTo(_bytes);
        _length = block.Length;
        _position = 0;
        _low = 0;
        _high = uint.MaxValue;
        _value = 0;
        for (var i = 0; i < 4; i++)
            _value = (_value << 8) | Take();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Shift()
    {
        do
        {
            _low <<= 8;
            _high = (_high << 8) | 0xFF;
            _value = (_value << 8) | Take();
        }
        while (((_low ^ _high) & 0xFF000000) == 0);
    }

    private uint Take()
    {
        var value = _position < _length ? _bytes[_position] : (byte)0;
        _position++;
        return value;
    }
}
