// The field names of a struct and which of them may be absent.
using System;
using System.Text;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>What <see cref="MessagePackReader.TryBeginStruct"/> expects: names in wire order, at most 32.</summary>
public sealed class StructShape
{
    private readonly byte[][] _names;

    /// <summary>A struct of which every field is required.</summary>
    /// <param name="names">Field names in declaration order.</param>
    public StructShape(params string[] names)
        : this(0, names)
    {
    }

    /// <summary>A struct of which some fields may be absent in map form (WIRE_FORMAT §6, defaults and options).</summary>
    /// <param name="optional">Bit i: field i may be absent.</param>
    /// <param name="names">Field names in declaration order.</param>
    public StructShape(uint optional, params string[] names)
    {
        if (names.Length is 0 or > 32)
            throw new ArgumentException("a struct has 1 to 32 fields", nameof(names));
        _names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        Required = (uint)((1UL << names.Length) - 1) & ~optional;
    }

    /// <summary>Number of fields.</summary>
    public int Count => _names.Length;

    /// <summary>Bit i: field i must be present.</summary>
    public uint Required { get; }

    /// <summary>Index of a field, or −1.</summary>
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
