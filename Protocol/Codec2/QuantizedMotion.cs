// The motion of one entity at one tick, in the integers that codec 2 sends.
namespace Aetheris.Protocol.Codec2;

/// <summary>
/// Place, velocity, rotation and thrust in whole steps. Canonical: 0 ≤ <see cref="X"/>, <see cref="Y"/> &lt; size of the room,
/// <see cref="R"/> &lt; 1024, and <see cref="AX"/> = <see cref="AY"/> = 0 when <see cref="Analogue"/>.
/// </summary>
public struct QuantizedMotion
{
    /// <summary>1/256 m from the room's smaller x.</summary>
    public int X;

    /// <summary>1/256 m from the room's smaller y.</summary>
    public int Y;

    /// <summary>1/16 m/s.</summary>
    public short VX;

    /// <summary>1/16 m/s.</summary>
    public short VY;

    /// <summary>1/1024 turn, 0–1023.</summary>
    public ushort R;

    /// <summary>Thrust, 1 m/s².</summary>
    public sbyte AX;

    /// <summary>Thrust, 1 m/s².</summary>
    public sbyte AY;

    /// <summary>Whether the thrust changes so often that it is derived from two states instead of being sent.</summary>
    public bool Analogue;

    /// <summary>Ticks for which the thrust has been as it is, 1 = since this tick; 255 = that or longer. A hint for the encoder: neither sent nor checked.</summary>
    public byte ThrustAge;

    /// <summary>Whether everything that is sent is equal.</summary>
    public readonly bool SameAs(in QuantizedMotion other) =>
        X == other.X && Y == other.Y && VX == other.VX && VY == other.VY && R == other.R
        && AX == other.AX && AY == other.AY && Analogue == other.Analogue;

    /// <summary>Whether nothing pushes or moves it.</summary>
    public readonly bool AtRest => (VX | VY) == 0 && (AX | AY) == 0 && !Analogue;
}
