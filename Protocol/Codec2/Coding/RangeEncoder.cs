// Writes bits of known probability in about as many bits as they are worth.
using System;
using System.Runtime.CompilerServices;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// A binary arithmetic coder over the interval [low, high] of 32 bits: a 1 takes the lower part. Bytes leave when both ends agree on them.
/// </summary>
internal struct RangeEncoder : IBitCoder
{
    private readonly ushort[] _contexts;
    private byte[] _bytes;
    private int _count;
    private uint _low;
    private uint _high;

    internal RangeEncoder(ushort[] contexts)
    {
        _contexts = contexts;
        _bytes = new byte[2048];
        _count = 0;
        _low = 0;
        _high = uint.MaxValue;
    }

    /// <inheritdoc />
    public readonly bool IsEncoding => true;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(int context, int bit)
    {
        ref var probability = ref _contexts[context];
        var middle = _low + (uint)(((ulong)(_high - _low) * probability) >> 16);
        if (bit != 0)
        {
            _high = middle;
            probability += (ushort)((65536 - probability) >> ContextModel.Rate);
        }
        else
        {
            _low = middle + 1;
            probability -= (ushort)(probability >> ContextModel.Rate);
        }

        if (((_low ^ _high) & 0xFF000000) == 0)
            Shift();
        return bit;
    }

    /// <inheritdoc />
    public uint Raw(int count, uint value)
    {
        while (count-- > 0)
        {
            var middle = _low + ((_high - _low) >> 1);
            if (((value >> count) & 1) != 0)
                _high = middle;
            else
                _low = middle + 1;
            if (((_low ^ _high) & 0xFF000000) == 0)
                Shift();
        }

        return value;
    }

    internal void Start()
    {
        _count = 0;
        _low = 0;
        _high = uint.MaxValue;
    }

    /// <summary>Appends the shortest bytes that decode to what was coded, zeros taken past their end.</summary>
    internal void Finish(ByteWriter into)
    {
        if (_low != 0)
        {
            var mask = 0x00FFFFFFu;
            while (((_low + mask) & ~mask) > _high || ((_low + mask) & ~mask) < _low)
                mask >>= 8;
            for (var value = (_low + mask) & ~mask; value != 0; value <<= 8)
                Put((byte)(value >> 24));
        }

        into.WriteBytes(_bytes.AsSpan(0, _count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Shift()
    {
        do
        {
            Put((byte)(_high >> 24));
            _low <<= 8;
            _high = (_high << 8) | 0xFF;
        }
        while (((_low ^ _high) & 0xFF000000) == 0);
    }

    private void Put(byte value)
    {
        if (_count == _bytes.Length)
            Array.Resize(ref _bytes, _count * 2);
        _bytes[_count++] = value;
    }
}
