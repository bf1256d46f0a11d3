// Ends the wait for players who lost their connection. Source: DESIGN §3 Session.
namespace Aetheris.World;

/// <summary>
/// Removes the row of a player without connection at tick leave + <see cref="RoomSettings.GraceTicks"/>, and with it the ship and
/// everything else that the player owns; entities by ascending network id.
/// </summary>
public sealed class GraceSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "Grace";

    /// <inheritdoc />
    public uint Version => 2;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        if (!world.Players.AnyExpired(world.Tick))
            return;
        world.Resource(StandardResources.AsteroidRespawns).ForgetExpired(world);
        world.Resource(StandardResources.DummyRespawns).ForgetExpired(world);
        world.Buffers.Leaving.Clear();
        foreach (var slot in world.Entities.Slots)
        {
            var owner = Ownerships.OwnerOf(world, slot);
            var player = owner.IsNone ? -1 : world.Players.IndexOf(owner);
            if (player >= 0 && world.Players[player].HasExpired(world.Tick))
                world.Buffers.Leaving.Add(world.Entities.IdOf(slot));
        }

        world.DespawnAll(world.Buffers.Leaving);
        world.Players.RemoveExpired(world.Tick);
    }
}
