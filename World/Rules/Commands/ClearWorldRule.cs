// The privileged removal of everything. Source: WORLD_RULES W-17, W-06, W-D20.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;

namespace Aetheris.World;

/// <summary>
/// Despawns every entity, the room's own included, the newest first, and tells all with Cleared. Ids go on counting, generators too;
/// players stay connected without a ship until they join again.
/// </summary>
public sealed class ClearWorldRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "ClearWorld";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command)
    {
        if (!command.Privileged || !Ownerships.MayAct(world, command))
            return;
        while (world.Entities.Count > 0)
            world.Despawn(world.Entities.Slots[world.Entities.Count - 1]);
        for (var i = 0; i < world.Definition.ResourceCount; i++)
            world.ResourceAt(i).OnCleared();
        world.Emit(new RoomEvent { Kind = RoomEventKind.Cleared });
    }
}
