// The privileged spawn of one entity. Source: WORLD_RULES W-13, W-D3, W-D27; DESIGN §7.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// Spawns one entity of a known type that its sender owns, so that it goes with them. Place and rotation are finite; the place is
/// wrapped only when it lies outside the bounds, the rotation is brought to −π … π by the IEEE remainder.
/// </summary>
public sealed class SpawnRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "Spawn";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command)
    {
        if (!command.Privileged || !Ownerships.MayAct(world, command) || !EntityTypes.TryGet(command.EntityType, out _)
            || !IsFinite(command.X) || !IsFinite(command.Y) || !IsFinite(command.Rotation))
        {
            return;
        }

        var slot = EntitySpawner.Spawn(world, command.EntityType, command.X, command.Y, ShipMotion.NormalizeRotation(command.Rotation));
        if (slot >= 0 && !command.Player.IsNone)
        {
            world.Entities.Column(StandardComponents.Ownership).Set(
                slot, new Ownership { PlayerHigh = command.Player.High, PlayerLow = command.Player.Low });
        }
    }

    private static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);
}
