// How much ore beams have brought into holds, seen from the changes of a tick: World emits no metrics.
using Aetheris.Protocol.Events;
using Aetheris.World;

namespace Aetheris.Grains.Pipeline;

/// <summary>
/// What the holds gained in a tick less what they collected from drops. The hold of a ship that is gone at the end of the tick is not
/// seen. A steady tick allocates nothing.
/// </summary>
public sealed class OreMeter
{
    private ulong[] _ids = [];
    private ushort[] _held = [];

    /// <summary>Counts a tick.</summary>
    /// <param name="entities">The room's entities after the tick.</param>
    /// <param name="changes">What it changed.</param>
    /// <param name="depletions">Asteroids that became empty.</param>
    /// <returns>Ore mined.</returns>
    public long Count(EntityTable entities, ChangeSet changes, out int depletions)
    {
        depletions = 0;
        var ore = 0L;
        for (var i = 0; i < changes.Entities.Count; i++)
        {
            var change = changes.Entities[i];
            if (change.Kind != EntityChangeKind.Despawned && (change.Mask & StandardComponents.CargoHold.Bit) != 0)
                ore += Gain(change.Slot, change.Id.Value, entities.Column(StandardComponents.CargoHold)[change.Slot].OreCount);
        }

        for (var i = 0; i < changes.Events.Count; i++)
        {
            if (changes.Events[i].Kind == RoomEventKind.AsteroidDepleted)
                depletions++;
            else if (changes.Events[i].Kind == RoomEventKind.CargoCollected)
                ore -= changes.Events[i].Amount;
        }

        return Math.Max(0, ore);
    }

    private int Gain(int slot, ulong id, ushort held)
    {
        if (slot >= _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(256, slot * 2));
            Array.Resize(ref _held, _ids.Length);
        }

        // The first sight of a hold is no gain: the room may have been restored with it.
        var gain = _ids[slot] == id ? held - _held[slot] : 0;
        _ids[slot] = id;
        _held[slot] = held;
        return Math.Max(0, gain);
    }
}
