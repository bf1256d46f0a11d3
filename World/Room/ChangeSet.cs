// What one tick changed, ready for the frame.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>Filled by <see cref="RoomWorld.Extract"/> and reused; holds the encoded values, so it stays valid while the room goes on.</summary>
public sealed class ChangeSet
{
    private readonly List<EntityChange> _entities = new();
    private readonly List<RoomEvent> _events = new();
    private readonly ByteWriter _section = new(1024);

    /// <summary>Server tick after which the state is as described.</summary>
    public ulong Tick { get; private set; }

    /// <summary>Despawned, then spawned, then changed entities; the last two by ascending network id. Index it: enumerating allocates.</summary>
    public IReadOnlyList<EntityChange> Entities => _entities;

    /// <summary>Reliable events in the order in which they happened.</summary>
    public IReadOnlyList<RoomEvent> Events => _events;

    /// <summary>Appends the changes section of a frame (layout: <c>ChangesFormat</c>); <c>RoomReplica</c> reads it.</summary>
    public void WriteTo(ByteWriter writer) => writer.WriteBytes(_section.Written);

    /// <summary>Appends the events section of a frame.</summary>
    public void WriteEventsTo(ByteWriter writer)
    {
        writer.WriteUInt16(checked((ushort)_events.Count));
        foreach (var roomEvent in _events)
            roomEvent.Write(writer);
    }

    internal void Fill(RoomWorld world)
    {
        var table = world.Entities;
        Tick = world.Tick;
        _entities.Clear();
        _events.Clear();
        foreach (var roomEvent in world.Events)
            _events.Add(roomEvent);

        _section.Clear();
        _section.WriteUInt64(table.Definition.WorldVersion);
        FillDespawned(table);
        FillSpawned(table);
        FillChanged(table);
    }

    private void FillDespawned(EntityTable table)
    {
        _section.WriteUInt16(checked((ushort)table.Despawned.Count));
        foreach (var gone in table.Despawned)
        {
            _section.WriteUInt16(gone.Slot);
            _section.WriteUInt64(gone.Id.Value);
            _entities.Add(new EntityChange(EntityChangeKind.Despawned, gone.Slot, 0, gone.Id, 0, 0));
        }
    }

    private void FillSpawned(EntityTable table)
    {
        var position = _section.Length;
        var count = 0;
        _section.WriteUInt16(0);
        foreach (var slot in table.Slots)
        {
            if (!table.IsFresh(slot))
                continue;
            count++;
            ChangesFormat.WriteEntity(_section, table, slot, table.Definition.FrameMask);
            _entities.Add(new EntityChange(
                EntityChangeKind.Spawned, slot, table.GenerationOf(slot), table.IdOf(slot), table.MaskOf(slot) & table.Definition.FrameMask, 0));
        }

        _section.PatchUInt16(position, checked((ushort)count));
    }

    private void FillChanged(EntityTable table)
    {
        var position = _section.Length;
        var count = 0;
        _section.WriteUInt16(0);
        foreach (var slot in table.Slots)
        {
            var dirty = table.DirtyOf(slot) & table.Definition.FrameMask;
            if (dirty == 0 || table.IsFresh(slot))
                continue;
            count++;
            var mask = dirty & table.MaskOf(slot);
            var removed = dirty & ~mask;
            _section.WriteUInt16(slot);
            _section.WriteUInt64(removed == 0 ? mask : mask | ChangesFormat.RemovedFlag);
            if (removed != 0)
                _section.WriteUInt64(removed);
            ChangesFormat.WriteValues(_section, table, slot, mask);
            _entities.Add(new EntityChange(EntityChangeKind.Changed, slot, table.GenerationOf(slot), table.IdOf(slot), mask, removed));
        }

        _section.PatchUInt16(position, checked((ushort)count));
    }
}
