// A gateway's copy of a room's state, kept by frames and images.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Replica;

/// <summary>
/// The components that ride in frames, in the same storage as the room's. Frames are applied in order by their owner, who also watches
/// seq and epoch; a malformed section empties the replica and makes it unusable until the next image.
/// </summary>
public sealed class RoomReplica
{
    private static readonly ulong PilotMask = StandardComponents.Ownership.Bit | StandardComponents.PilotStatus.Bit;

    private readonly List<EntityChange> _changes = new();
    private readonly Dictionary<PlayerId, ushort> _ships = new();
    private readonly List<EntityChange> _before = new();

    /// <summary>Creates an empty replica; the first thing it takes is an image.</summary>
    /// <param name="definition">The rules that the room runs.</param>
    public RoomReplica(WorldDefinition definition)
    {
        Definition = definition;
        Entities = new EntityTable(definition);
    }

    /// <summary>The rules.</summary>
    public WorldDefinition Definition { get; }

    /// <summary>All entities.</summary>
    public EntityTable Entities { get; }

    /// <summary>Head of the last frame or image applied.</summary>
    public FrameHeader Header { get; private set; }

    /// <summary>Whether an image has been taken and nothing malformed since.</summary>
    public bool IsUsable { get; private set; }

    /// <summary>What the last frame changed: despawned, spawned, changed. After an image: what differs from before, where a kept entity counts as changed in all its components. Index it: enumerating allocates.</summary>
    public IReadOnlyList<EntityChange> LastChanges => _changes;

    /// <summary>Applies the changes of a frame or image.</summary>
    /// <returns>False when the section is malformed, of another world version, or a difference comes before any image; the replica is then empty and not usable.</returns>
    public bool TryApply(in RoomFrame frame) => TryApply(frame.Header, frame.Changes);

    /// <summary>Applies a changes section.</summary>
    /// <param name="header">Head of its frame.</param>
    /// <param name="changes">The section.</param>
    public bool TryApply(in FrameHeader header, ReadOnlySpan<byte> changes)
    {
        _changes.Clear();
        var applied = header.IsImage ? TryApplyImage(changes) : IsUsable && TryApplyChanges(changes);
        Entities.MarkClean();
        if (applied)
            Header = header;
        else
            Reset();
        IsUsable = applied;
        return applied;
    }

    /// <summary>Finds the ship that a player owns, also within its grace period.</summary>
    public bool TryGetShip(PlayerId player, out int slot)
    {
        var found = _ships.TryGetValue(player, out var number);
        slot = found ? number : -1;
        return found;
    }

    /// <summary>Appends the state as an image: equal to the room's exactly when every replicated bit is.</summary>
    public void WriteImage(ByteWriter writer) => ChangesFormat.WriteImage(writer, Entities);

    private void Reset()
    {
        _changes.Clear();
        _ships.Clear();
        Entities.RemoveAll();
        Entities.MarkClean();
    }

    private bool TryApplyImage(ReadOnlySpan<byte> changes)
    {
        _before.Clear();
        foreach (var slot in Entities.Slots)
            _before.Add(new EntityChange(EntityChangeKind.Despawned, slot, Entities.GenerationOf(slot), Entities.IdOf(slot), 0, 0));
        Reset();
        if (!TryApplyChanges(changes))
            return false;

        // Spawned is what an image says of every entity; compared with before, most are old acquaintances.
        _changes.Clear();
        foreach (var old in _before)
        {
            if (!(Entities.TryGetSlot(old.Id, out var slot) && slot == old.Slot && Entities.GenerationOf(slot) == old.Generation))
                _changes.Add(new EntityChange(EntityChangeKind.Despawned, old.Slot, 0, old.Id, 0, 0));
        }

        var next = 0;
        foreach (var slot in Entities.Slots)
        {
            var id = Entities.IdOf(slot);
            while (next < _before.Count && _before[next].Id < id)
                next++;
            var kept = next < _before.Count && _before[next].Id == id && _before[next].Slot == slot && _before[next].Generation == Entities.GenerationOf(slot);
            var kind = kept ? EntityChangeKind.Changed : EntityChangeKind.Spawned;
            var removed = kept ? Definition.FrameMask & ~Entities.MaskOf(slot) : 0;
            _changes.Add(new EntityChange(kind, slot, Entities.GenerationOf(slot), id, Entities.MaskOf(slot), removed));
        }

        return true;
    }

    private bool TryApplyChanges(ReadOnlySpan<byte> changes)
    {
        var reader = new ByteReader(changes);
        return reader.TryReadUInt64(out var version) && version == Definition.WorldVersion
            && TryReadDespawned(ref reader)
            && TryReadSpawned(ref reader)
            && TryReadChanged(ref reader)
            && reader.Remaining == 0;
    }

    private bool TryReadDespawned(ref ByteReader reader)
    {
        if (!reader.TryReadUInt16(out var count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt16(out var slot) && reader.TryReadUInt64(out var id)
                && Entities.IsAlive(slot) && Entities.IdOf(slot).Value == id))
            {
                return false;
            }

            ForgetShip(slot);
            Entities.Remove(slot);
            _changes.Add(new EntityChange(EntityChangeKind.Despawned, slot, 0, new NetworkId(id), 0, 0));
        }

        return true;
    }

    private bool TryReadSpawned(ref ByteReader reader)
    {
        if (!reader.TryReadUInt16(out var count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!ChangesFormat.TryReadEntity(ref reader, Entities, Definition.FrameMask, EntityTable.MaxSlots, out var slot))
                return false;
            NoteShip(slot);
            _changes.Add(new EntityChange(
                EntityChangeKind.Spawned, (ushort)slot, Entities.GenerationOf(slot), Entities.IdOf(slot), Entities.MaskOf(slot), 0));
        }

        return true;
    }

    private bool TryReadChanged(ref ByteReader reader)
    {
        if (!reader.TryReadUInt16(out var count))
            return false;
        var last = 0UL;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt16(out var slot) && Entities.IsAlive(slot) && Entities.IdOf(slot).Value > last
                && reader.TryReadUInt64(out var mask)))
            {
                return false;
            }

            last = Entities.IdOf(slot).Value;
            var removed = 0UL;
            if ((mask & ChangesFormat.RemovedFlag) != 0 && !reader.TryReadUInt64(out removed))
                return false;
            mask &= ~ChangesFormat.RemovedFlag;
            if (((mask | removed) & ~Definition.FrameMask) != 0 || (mask & removed) != 0)
                return false;

            var pilotChanges = ((mask | removed) & PilotMask & ~(mask & Entities.MaskOf(slot) & StandardComponents.PilotStatus.Bit)) != 0;
            if (pilotChanges)
                ForgetShip(slot);
            Entities.RemoveComponents(slot, removed & Entities.MaskOf(slot));
            if (!ChangesFormat.TryReadValues(ref reader, Entities, slot, mask))
                return false;
            if (pilotChanges)
                NoteShip(slot);
            _changes.Add(new EntityChange(EntityChangeKind.Changed, slot, Entities.GenerationOf(slot), new NetworkId(last), mask, removed));
        }

        return true;
    }

    private void NoteShip(int slot)
    {
        if (TryGetPilot(slot, out var player))
            _ships[player] = (ushort)slot;
    }

    private void ForgetShip(int slot)
    {
        if (TryGetPilot(slot, out var player) && _ships.TryGetValue(player, out var known) && known == slot)
            _ships.Remove(player);
    }

    /// <summary>A player's ship is what they own and pilot; other things that they own have no pilot status.</summary>
    private bool TryGetPilot(int slot, out PlayerId player)
    {
        var owners = Entities.Column(StandardComponents.Ownership);
        var pilots = Entities.Column(StandardComponents.PilotStatus);
        player = new PlayerId(owners[slot].PlayerHigh, owners[slot].PlayerLow);
        return owners.Has(slot) && pilots.Has(slot);
    }
}
