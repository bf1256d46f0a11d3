// Kinds of ore. The names are the wire form of codec 1 (WIRE_FORMAT §8).
namespace Aetheris.Protocol.Components;

/// <summary>Kinds of ore.</summary>
public enum OreType : byte
{
    /// <summary>RawOre.</summary>
    RawOre = 0,
}
