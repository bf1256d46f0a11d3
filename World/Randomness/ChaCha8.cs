// The room's random numbers. Source: WORLD_RULES §10.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.World;

/// <summary>
/// ChaCha with 8 rounds: key expanded from a u64 seed (W-80b), 64-bit block counter from 0, nonce 0, output words one after the
/// other. Its whole state is the seed and the number of words drawn.
/// </summary>
public sealed class ChaCha8 : IRoomResource
{
    private const int Words = 16;

    private readonly uint[] _input = new uint[Words];
    private readonly uint[] _block = new uint[Words];
    private ulong _seed;
    private ulong _blockNumber = ulong.MaxValue;

    /// <summary>Starts the sequence of a seed.</summary>
    public ChaCha8(ulong seed) => Reset(seed, 0);

    /// <summary>Words drawn so far.</summary>
    public ulong Drawn { get; private set; }

    /// <summary>The next word.</summary>
    public uint NextWord()
    {
        var block = Drawn / Words;
        if (block != _blockNumber)
            Generate(block);
        return _block[Drawn++ % Words];
    }

    /// <summary>A uniform binary32 in [low, high) from one word, drawn again where rounding reaches high (W-81).</summary>
    public float NextSingle(float low, float high)
    {
        var scale = (float)(high - low);
        while (true)
        {
            var unit = (float)(BitConverter.Int32BitsToSingle((int)(0x3F800000u | (NextWord() >> 9))) - 1f);
            var result = (float)((float)(unit * scale) + low);
            if (result < high)
                return result;
        }
    }

    /// <inheritdoc />
    public void Write(ByteWriter writer)
    {
        writer.WriteUInt64(_seed);
        writer.WriteUInt64(Drawn);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        if (!(reader.TryReadUInt64(out var seed) && reader.TryReadUInt64(out var drawn)))
            return false;
        Reset(seed, drawn);
        return true;
    }

    /// <inheritdoc />
    public void OnCleared()
    {
        // The sequence goes on, as in the original (W-17).
    }

    private void Reset(ulong seed, ulong drawn)
    {
        _seed = seed;
        Drawn = drawn;
        _blockNumber = ulong.MaxValue;

        // "expand 32-byte k"
        _input[0] = 0x61707865;
        _input[1] = 0x3320646e;
        _input[2] = 0x79622d32;
        _input[3] = 0x6b206574;
        for (var i = 4; i < 12; i++)
        {
            seed = unchecked((seed * 6364136223846793005) + 11634580027462260723);
            var x = (uint)(((seed >> 18) ^ seed) >> 27);
            var rotation = (int)(seed >> 59);
            _input[i] = (x >> rotation) | (x << ((32 - rotation) & 31));
        }

        _input[14] = 0;
        _input[15] = 0;
    }

    private void Generate(ulong block)
    {
        _blockNumber = block;
        _input[12] = (uint)block;
        _input[13] = (uint)(block >> 32);
        _input.CopyTo(_block, 0);
        for (var doubleRound = 0; doubleRound < 4; doubleRound++)
        {
            QuarterRound(0, 4, 8, 12);
            QuarterRound(1, 5, 9, 13);
            QuarterRound(2, 6, 10, 14);
            QuarterRound(3, 7, 11, 15);
            QuarterRound(0, 5, 10, 15);
            QuarterRound(1, 6, 11, 12);
            QuarterRound(2, 7, 8, 13);
            QuarterRound(3, 4, 9, 14);
        }

        for (var i = 0; i < Words; i++)
            _block[i] = unchecked(_block[i] + _input[i]);
    }

    private void QuarterRound(int a, int b, int c, int d)
    {
        unchecked
        {
            _block[a] += _block[b];
            _block[d] = RotateLeft(_block[d] ^ _block[a], 16);
            _block[c] += _block[d];
            _block[b] = RotateLeft(_block[b] ^ _block[c], 12);
            _block[a] += _block[b];
            _block[d] = RotateLeft(_block[d] ^ _block[a], 8);
            _block[c] += _block[d];
            _block[b] = RotateLeft(_block[b] ^ _block[c], 7);
        }
    }

    private static uint RotateLeft(uint value, int count) => (value << count) | (value >> (32 - count));
}
