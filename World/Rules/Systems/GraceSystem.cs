// Ends the wait for players who lost their connection. Source: DESIGN §3 Session.
namespace Aetheris.World;

/// <summary>
/// Removes the row of a player without connection at tick leave + <see cref="RoomSettings.GraceTicks"/>, and with it the ship and
/// everything else that the player owns; by ascending player id.
/// </summary>
public sealed class GraceSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "Grace";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        for (var i = 0; i < world.Players.Count;)
        {
            var record = world.Players[i];
            if (record.Connected || world.Tick < record.ExpiresAt)
            {
                i++;
                continue;
            }

            Ownerships.DespawnAllOf(world, record.Player);
            world.Players.RemoveAt(i);
        }
    }
}
