// A rule of our own: a pilot drops a decoy, which is gone after ten seconds.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace MyGame;

/// <summary>Component: how long a decoy stays.</summary>
public struct Decoy : IComponent<Decoy>
{
    public ushort TicksLeft;

    public readonly bool BitsEqual(in Decoy other) => TicksLeft == other.TicksLeft;

    public readonly void Write(ByteWriter writer) => writer.WriteUInt16(TicksLeft);

    public bool TryRead(ref ByteReader reader) => reader.TryReadUInt16(out TicksLeft);
}

/// <summary>System: acts once in every tick.</summary>
public sealed class DecoySystem(ComponentKey<Decoy> decoys) : ISystem
{
    public string Name => "Decoys";

    public uint Version => 1;

    public void Step(RoomWorld world)
    {
        var column = world.Entities.Column(decoys);
        var gone = -1;
        foreach (var slot in world.Entities.Slots)
        {
            if (!column.Has(slot))
                continue;
            ref var decoy = ref column.Mutate(slot);
            if (decoy.TicksLeft == 0)
            {
                gone = slot;
                continue;
            }

            decoy.TicksLeft--;
        }

        // One per tick; another one that is due goes with the next.
        if (gone >= 0)
            world.Despawn(gone);
    }
}

/// <summary>Command: a player may send it at any time, so the rule says how often it works.</summary>
public sealed class DropDecoyRule(ComponentKey<Decoy> decoys) : ICommandRule
{
    public const CommandKind Kind = CommandKind.FirstCustom;

    private const int MaxPerPilot = 3;
    private const ushort Ticks = 600;

    public string Name => "DropDecoy";

    public uint Version => 1;

    public void Apply(RoomWorld world, in Command command)
    {
        if (!world.TryGetShip(command, out var ship) || CountOf(world, command.Player) >= MaxPerPilot)
            return;
        var place = world.Entities.Column(StandardComponents.Transform)[ship];
        var slot = EntitySpawner.Spawn(world, EntityTypes.Hauler, place.X, place.Y, place.Rotation);
        if (slot < 0)
            return;
        world.Entities.Column(decoys).Set(slot, new Decoy { TicksLeft = Ticks });

        // What a player owns leaves with them.
        world.Entities.Column(StandardComponents.Ownership).Set(
            slot, new Ownership { PlayerHigh = command.Player.High, PlayerLow = command.Player.Low });
    }

    private int CountOf(RoomWorld world, PlayerId player)
    {
        var count = 0;
        var owners = world.Entities.Column(StandardComponents.Ownership);
        foreach (var slot in world.Entities.Slots)
        {
            if (world.Entities.Column(decoys).Has(slot) && owners[slot].PlayerHigh == player.High && owners[slot].PlayerLow == player.Low)
                count++;
        }

        return count;
    }
}

/// <summary>The rules of our game: the standard ones, and ours.</summary>
public static class GameRules
{
    public static WorldDefinition Build()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        var decoys = builder.AddComponent<Decoy>(40000, "Decoy", inFrames: false);
        builder.AddSystemBefore("Lifetime", new DecoySystem(decoys));
        builder.AddCommand(DropDecoyRule.Kind, new DropDecoyRule(decoys), fromPlayers: true);
        return builder.Build();
    }
}
