// The six weapon slots of a loadout, inline so that a loadout needs no array.
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Six weapon ids; on the wire of codec 1 an array of six.</summary>
public struct WeaponIds
{
    /// <summary>Number of slots.</summary>
    public const int Count = 6;

    private byte _a, _b, _c, _d, _e, _f;

    /// <summary>The id in a slot.</summary>
    /// <param name="slot">0–5.</param>
    public byte this[int slot]
    {
        readonly get => slot switch { 0 => _a, 1 => _b, 2 => _c, 3 => _d, 4 => _e, 5 => _f, _ => (byte)0 };
        set
        {
            switch (slot)
            {
                case 0: _a = value; break;
                case 1: _b = value; break;
                case 2: _c = value; break;
                case 3: _d = value; break;
                case 4: _e = value; break;
                case 5: _f = value; break;
            }
        }
    }

    /// <summary>Whether all six are equal.</summary>
    public readonly bool BitsEqual(in WeaponIds other) =>
        _a == other._a && _b == other._b && _c == other._c && _d == other._d && _e == other._e && _f == other._f;

    /// <summary>Appends six bytes.</summary>
    public readonly void Write(ByteWriter writer)
    {
        for (var slot = 0; slot < Count; slot++)
            writer.WriteByte(this[slot]);
    }

    /// <summary>Reads six bytes.</summary>
    public bool TryRead(ref ByteReader reader) =>
        reader.TryReadByte(out _a) && reader.TryReadByte(out _b) && reader.TryReadByte(out _c)
        && reader.TryReadByte(out _d) && reader.TryReadByte(out _e) && reader.TryReadByte(out _f);
}
