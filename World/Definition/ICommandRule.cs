// A rule that says what one kind of command does.
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>The effect of one kind of command. Stateless, like <see cref="ISystem"/>; a command it does not accept has no effect.</summary>
public interface ICommandRule
{
    /// <summary>Name; part of the world version.</summary>
    string Name { get; }

    /// <summary>Raised with every change of the rule's outcome; part of the world version.</summary>
    uint Version { get; }

    /// <summary>Applies a command between <see cref="RoomWorld.BeginTick"/> and <see cref="RoomWorld.Step"/>.</summary>
    void Apply(RoomWorld world, in Command command);
}
