// The actions of the original's input.
namespace Aetheris.Protocol.Codec1.Input;

/// <summary>Variant of a <see cref="PlayerInput"/>; the number is its index on the wire (WIRE_FORMAT §8).</summary>
public enum PlayerInputKind : byte
{
    /// <summary>Thrust.</summary>
    Move = 0,

    /// <summary>Switch the mining beam.</summary>
    ToggleMining = 1,

    /// <summary>Fire once; the original's server ignores it and fires by the mask (WORLD_RULES W-24).</summary>
    FirePrimary = 2,
}
