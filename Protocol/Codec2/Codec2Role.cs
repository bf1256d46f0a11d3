// How the value of a component travels.
namespace Aetheris.Protocol.Codec2;

/// <summary>What carries a component's value.</summary>
public enum Codec2Role
{
    /// <summary>Its bytes, against those of the type's prototype.</summary>
    Slow = 0,

    /// <summary>X, Y and R of the motion, and the entity's type: a Transform with z = 0.</summary>
    Place = 1,

    /// <summary>VX and VY of the motion: a Velocity with z = 0.</summary>
    Velocity = 2,
}
