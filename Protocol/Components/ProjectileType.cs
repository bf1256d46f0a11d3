// Kinds of shots. The names are the wire form of codec 1 (WIRE_FORMAT §8).
namespace Aetheris.Protocol.Components;

/// <summary>Kinds of shots.</summary>
public enum ProjectileType : byte
{
    /// <summary>PulseLaser.</summary>
    PulseLaser = 0,

    /// <summary>SeekerMissile.</summary>
    SeekerMissile = 1,
}
