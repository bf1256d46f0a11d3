// The identity of a player: the subject of their token.
using System;
using System.Buffers.Binary;

namespace Aetheris.Protocol.Identity;

/// <summary>128 bits, written as a ULID (26 characters of Crockford base 32) in tokens, URLs and logs.</summary>
/// <param name="High">Upper half.</param>
/// <param name="Low">Lower half.</param>
public readonly record struct PlayerId(ulong High, ulong Low) : IComparable<PlayerId>
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int TextLength = 26;

    /// <summary>Nobody.</summary>
    public static PlayerId None => default;

    /// <summary>Whether this is nobody.</summary>
    public bool IsNone => High == 0 && Low == 0;

    /// <summary>Reads 16 big-endian bytes.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static PlayerId FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 16)
            throw new ArgumentException("a player id has 16 bytes", nameof(bytes));
        return new PlayerId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(8)));
    }

    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse(string? text, out PlayerId id)
    {
        id = default;
        if (text is null || text.Length != TextLength)
            return false;
        ulong high = 0, low = 0;
        for (var i = 0; i < TextLength; i++)
        {
            var digit = Alphabet.IndexOf(char.ToUpperInvariant(text[i]));
            if (digit < 0 || (i == 0 && digit > 7))
                return false;
            high = (high << 5) | (low >> 59);
            low = (low << 5) | (uint)digit;
        }

        id = new PlayerId(high, low);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(PlayerId other)
    {
        var high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        Span<char> text = stackalloc char[TextLength];
        ulong high = High, low = Low;
        for (var i = TextLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(low & 31)];
            low = (low >> 5) | (high << 59);
            high >>= 5;
        }

        return new string(text);
    }

    /// <summary>Orders by number.</summary>
    public static bool operator <(PlayerId left, PlayerId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by number.</summary>
    public static bool operator >(PlayerId left, PlayerId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by number.</summary>
    public static bool operator <=(PlayerId left, PlayerId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by number.</summary>
    public static bool operator >=(PlayerId left, PlayerId right) => left.CompareTo(right) >= 0;
}
