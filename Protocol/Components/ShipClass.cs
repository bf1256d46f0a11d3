// The class of a ship. The names are the wire form of codec 1 (WIRE_FORMAT §8).
namespace Aetheris.Protocol.Components;

/// <summary>The class of a ship.</summary>
public enum ShipClass : byte
{
    /// <summary>Interceptor.</summary>
    Interceptor = 0,

    /// <summary>Dreadnought.</summary>
    Dreadnought = 1,

    /// <summary>Hauler.</summary>
    Hauler = 2,
}
