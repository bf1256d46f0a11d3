// Changes a seed the way an attacker or a bad disk would.
using System.Buffers.Binary;

namespace Aetheris.Fuzz.Tests;

/// <summary>A case is a function of one number, so a failure is repeated by its number alone. Writes into one buffer and allocates nothing.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    /// <summary>Longest case in bytes.</summary>
    public const int MaxLength = 4096;

    // Lengths, counts and heads that decoders trip over.
    private static readonly byte[] Telling = [0x00, 0x01, 0x7F, 0x80, 0x81, 0x90, 0x94, 0xC1, 0xC4, 0xC6, 0xC7, 0xCF, 0xD9, 0xDB, 0xDD, 0xDF, 0xFE, 0xFF];

    private readonly byte[] _buffer = new byte[MaxLength];
    private ulong _state;

    /// <summary>The case of a number; valid until the next one.</summary>
    public Span<byte> Create(ulong number)
    {
        _state = number;
        if (seeds.Count == 0 || Next(16) == 0)
            return Random();
        var seed = seeds[Next(seeds.Count)];
        var length = Math.Min(seed.Length, MaxLength);
        seed.AsSpan(0, length).CopyTo(_buffer);
        for (var edits = Next(6); edits >= 0; edits--)
            length = Edit(length);
        return _buffer.AsSpan(0, length);
    }

    private Span<byte> Random()
    {
        var length = Next(Next(4) == 0 ? 1500 : 64);
        for (var i = 0; i < length; i++)
            _buffer[i] = (byte)Next(256);
        return _buffer.AsSpan(0, length);
    }

    private int Edit(int length)
    {
        if (length == 0)
            return 0;
        var at = Next(length);
        switch (Next(9))
        {
            case 0 or 1:
                _buffer[at] ^= (byte)(1 << Next(8));
                break;
            case 2:
                _buffer[at] = (byte)Next(256);
                break;
            case 3:
                _buffer[at] = Telling[Next(Telling.Length)];
                break;
            case 4 when at + 4 <= length:
                BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(at), (uint)(Next(2) == 0 ? int.MaxValue : 1 << Next(32)));
                break;
            case 5:
                return at;
            case 6 when length < MaxLength:
                var more = Math.Min(1 + Next(64), MaxLength - length);
                _buffer.AsSpan(length, more).Fill(_buffer[at]);
                return length + more;
            case 7:
                var other = seeds[Next(seeds.Count)];
                var from = Next(other.Length + 1);
                var count = Math.Min(Next(64), Math.Min(other.Length - from, length - at));
                other.AsSpan(from, count).CopyTo(_buffer.AsSpan(at));
                break;
            case 8 when length > at + 1:
                _buffer.AsSpan(at + 1, length - at - 1).CopyTo(_buffer.AsSpan(at));
                return length - 1;
        }

        return length;
    }

    // SplitMix64.
    private int Next(int below)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }
}
