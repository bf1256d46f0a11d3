// Pilots get their next ship. Source: WORLD_RULES W-D13; DESIGN §7; numbers in Combat.
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// 180 ticks after the death of their ship a connected pilot has a new one of the same type at (0, 0), with full stats and a new id:
/// Respawn to all, Possession to the pilot. Who is not connected gets it when they join again; a full room makes them wait.
/// </summary>
public sealed class PilotRespawnSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "PilotRespawn";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        for (var i = 0; i < world.Players.Count; i++)
        {
            ref readonly var record = ref world.Players[i];
            if (record.RespawnAt == 0 || PilotShips.MustWait(world, record) || !record.Connected || record.Spectator
                || record.Ship != NetworkId.None || !PilotShips.TrySpawn(world, i, 0, 0, 0))
            {
                continue;
            }

            world.Emit(new RoomEvent { Kind = RoomEventKind.Respawn, Entity = record.Ship });
            world.Emit(new RoomEvent { Kind = RoomEventKind.Possession, To = record.Player, Connection = record.Connection, Entity = record.Ship });
        }
    }
}
