// How a body answers to thrust. Server only. Source: WORLD_RULES §3, values §4.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>How a body answers to thrust. Stays in the room: clients know it from <see cref="EntityTypes"/>.</summary>
public struct PhysicsBody : IComponent<PhysicsBody>
{
    /// <summary>Mass without cargo.</summary>
    public float BaseMass;

    /// <summary>Newton at full thrust.</summary>
    public float ThrustForce;

    /// <summary>Metres per second.</summary>
    public float MaxVelocity;

    /// <summary>Degrees per second.</summary>
    public float TurnRate;

    /// <summary>1 per second.</summary>
    public float Drag;

    /// <summary>Mass of one unit of ore in the hold.</summary>
    public float MassPerOre;

    /// <summary>Creates a body.</summary>
    public PhysicsBody(float baseMass, float thrustForce, float maxVelocity, float turnRate, float drag, float massPerOre)
    {
        BaseMass = baseMass;
        ThrustForce = thrustForce;
        MaxVelocity = maxVelocity;
        TurnRate = turnRate;
        Drag = drag;
        MassPerOre = massPerOre;
    }

    /// <inheritdoc />
    public readonly bool BitsEqual(in PhysicsBody other) =>
        Same(BaseMass, other.BaseMass)
        && Same(ThrustForce, other.ThrustForce)
        && Same(MaxVelocity, other.MaxVelocity)
        && Same(TurnRate, other.TurnRate)
        && Same(Drag, other.Drag)
        && Same(MassPerOre, other.MassPerOre);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteSingle(BaseMass);
        writer.WriteSingle(ThrustForce);
        writer.WriteSingle(MaxVelocity);
        writer.WriteSingle(TurnRate);
        writer.WriteSingle(Drag);
        writer.WriteSingle(MassPerOre);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader) =>
        reader.TryReadSingle(out BaseMass)
        && reader.TryReadSingle(out ThrustForce)
        && reader.TryReadSingle(out MaxVelocity)
        && reader.TryReadSingle(out TurnRate)
        && reader.TryReadSingle(out Drag)
        && reader.TryReadSingle(out MassPerOre);

    private static bool Same(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);
}
