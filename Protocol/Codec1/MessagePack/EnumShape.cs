// The variant names of an enum in declaration order.
using System;
using System.Text;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>What <see cref="MessagePackReader.TryReadVariant"/> expects. The position of a name is the variant's index (WIRE_FORMAT §2, §6).</summary>
public sealed class EnumShape
{
    private readonly byte[][] _names;

    /// <summary>An enum.</summary>
    /// <param name="names">Variant names in declaration order.</param>
    public EnumShape(params string[] names) => _names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);

    /// <summary>Number of variants.</summary>
    public int Count => _names.Length;

    /// <summary>UTF-8 name of a variant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such variant.</exception>
    public ReadOnlySpan<byte> NameOf(int index) =>
        (uint)index < (uint)_names.Length ? _names[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Index of a variant, or −1. Case sensitive.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
                return i;
        }

        return -1;
    }
}
