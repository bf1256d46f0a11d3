// A rule that acts once in every tick.
namespace Aetheris.World;

/// <summary>
/// One rule of the simulation. Instances are shared by all rooms: they hold no state of their own, everything they remember is
/// a component or a resource, so that it is saved and hashed. They iterate by network id and touch no clock, file or thread.
/// </summary>
public interface ISystem
{
    /// <summary>Name; part of the world version.</summary>
    string Name { get; }

    /// <summary>Raised with every change of the rule's outcome; part of the world version.</summary>
    uint Version { get; }

    /// <summary>Acts for the tick <see cref="RoomWorld.Tick"/>.</summary>
    void Step(RoomWorld world);
}
