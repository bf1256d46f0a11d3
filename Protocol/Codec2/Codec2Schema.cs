// What both ends of codec 2 have to agree on before the first datagram.
using System;
using System.Collections.Generic;
using System.Globalization;

namespace Aetheris.Protocol.Codec2;

/// <summary>A room's torus and tick rate, its components and its entity types. Immutable and shared. Made from the same numbers on both ends, or checks differ.</summary>
public sealed class Codec2Schema
{
    private const int MaxPrototypeBytes = 512;

    private readonly Codec2Type?[] _types = new Codec2Type?[256];
    private readonly MotionTable[] _tables = new MotionTable[256];
    private readonly MotionTable _plain;
    private readonly Codec2Component?[] _byBit = new Codec2Component?[64];

    /// <summary>Creates a schema.</summary>
    /// <param name="tickRate">Ticks per second, 1–1,000.</param>
    /// <param name="minX">Smaller x of the room, metres.</param>
    /// <param name="minY">Smaller y of the room, metres.</param>
    /// <param name="sizeX">Side of the room, metres; at most 4,096.</param>
    /// <param name="sizeY">Side of the room, metres; at most 4,096.</param>
    /// <param name="components">In the order in which they are coded.</param>
    /// <param name="types">Types with numbers below 256; others have neither drag nor prototype.</param>
    /// <param name="links">Bytes that components have in common.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or something is there twice.</exception>
    public Codec2Schema(
        int tickRate,
        float minX,
        float minY,
        float sizeX,
        float sizeY,
        IReadOnlyList<Codec2Component> components,
        IReadOnlyList<Codec2Type> types,
        IReadOnlyList<Codec2Link> links)
    {
        if (tickRate is < 1 or > 1000)
            throw new ArgumentException("a tick rate is 1 to 1,000", nameof(tickRate));
        TickRate = tickRate;
        MinX = minX;
        MinY = minY;
        SizeX = Steps(sizeX);
        SizeY = Steps(sizeY);
        BitsX = BitLength(SizeX - 1);
        BitsY = BitLength(SizeY - 1);
        Components = components;
        Links = links;
        foreach (var component in components)
        {
            if (component.Bit is < 0 or > 62 || _byBit[component.Bit] is not null || component.Size > Codec2Limits.MaxValue)
                throw new ArgumentException("component bit " + Text(component.Bit), nameof(components));
            _byBit[component.Bit] = component;
            ComponentMask |= 1UL << component.Bit;
            if (component.Role == Codec2Role.Slow)
                SlowMask |= 1UL << component.Bit;
        }

        CheckLinks(links);
        _plain = new MotionTable(tickRate, new Codec2Type(0, 0, 0, 0, 0, new Dictionary<int, byte[]>()));
        Array.Fill(_tables, _plain);
        foreach (var type in types)
        {
            if (type.Number > 255 || _types[type.Number] is not null || type.MaxAcceleration is < 0 or > 127
                || type.DragThousandths is < 0 or > 1000000 || type.TurnRateThousandths is < 0 or > 100000000 || PrototypeSize(type) > MaxPrototypeBytes)
            {
                throw new ArgumentException("entity type " + Text(type.Number), nameof(types));
            }

            _types[type.Number] = type;
            _tables[type.Number] = new MotionTable(tickRate, type);
        }
    }

    /// <summary>Ticks per second.</summary>
    public int TickRate { get; }

    /// <summary>Smaller x of the room, metres.</summary>
    public float MinX { get; }

    /// <summary>Smaller y of the room, metres.</summary>
    public float MinY { get; }

    /// <summary>Side of the torus in steps of 1/256 m.</summary>
    public int SizeX { get; }

    /// <summary>Side of the torus in steps of 1/256 m.</summary>
    public int SizeY { get; }

    /// <summary>Components in the order in which they are coded.</summary>
    public IReadOnlyList<Codec2Component> Components { get; }

    /// <summary>Bytes that components have in common.</summary>
    public IReadOnlyList<Codec2Link> Links { get; }

    /// <summary>Bits of all components.</summary>
    public ulong ComponentMask { get; }

    /// <summary>Bits of the components whose values travel as bytes.</summary>
    public ulong SlowMask { get; }

    internal int BitsX { get; }

    internal int BitsY { get; }

    /// <summary>Finds a component by its bit.</summary>
    public bool TryGetComponent(int bit, out Codec2Component component)
    {
        component = ((uint)bit < (uint)_byBit.Length ? _byBit[bit] : null)!;
        return component is not null;
    }

    /// <summary>Finds a type.</summary>
    public bool TryGetType(ushort number, out Codec2Type type)
    {
        type = (number < _types.Length ? _types[number] : null)!;
        return type is not null;
    }

    internal MotionTable TableOf(ushort type) => type < _tables.Length ? _tables[type] : _plain;

    internal ulong PrototypeMaskOf(ushort type) => TryGetType(type, out var known) ? known.PrototypeMask & ComponentMask : 0;

    internal ReadOnlySpan<byte> PrototypeOf(ushort type, int bit) =>
        TryGetType(type, out var known) && known.Prototype.TryGetValue(bit, out var value) ? value : default;

    private static int PrototypeSize(Codec2Type type)
    {
        var sum = 0;
        foreach (var value in type.Prototype)
            sum += value.Value.Length;
        return sum;
    }

    private static int Steps(float size) =>
        size >= 1f / 256 && size <= Codec2Limits.MaxSize / 256
            ? (int)Math.Round((double)size * 256)
            : throw new ArgumentException("a side is at most " + Text(Codec2Limits.MaxSize / 256) + " m", nameof(size));

    private static int BitLength(int value)
    {
        var bits = 0;
        for (; value != 0; value >>= 1)
            bits++;
        return bits;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void CheckLinks(IReadOnlyList<Codec2Link> links)
    {
        foreach (var link in links)
        {
            if (!(TryGetComponent(link.Bit, out var target) && TryGetComponent(link.SourceBit, out var source)
                && link.Offset >= 0 && link.SourceOffset >= 0 && link.Length >= 0
                && link.Offset + link.Length <= target.Size && link.SourceOffset + link.Length <= source.Size))
            {
                throw new ArgumentException("link of component bit " + Text(link.Bit), nameof(links));
            }
        }
    }
}
