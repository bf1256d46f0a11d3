// Entities that are gone and come back later: room-wide state of the respawn rules.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>Pending respawns in the order in which they began.</summary>
public sealed class RespawnTimers : IRoomResource
{
    private const int EntryBytes = 32;

    // Enough for a battle of thousands: a growing buffer is an allocation in a steady room.
    private PendingRespawn[] _entries = new PendingRespawn[256];

    /// <summary>Entries.</summary>
    public int Count { get; private set; }

    /// <summary>An entry, the oldest first.</summary>
    public ref readonly PendingRespawn this[int index] => ref _entries[index];

    /// <inheritdoc />
    public void Write(ByteWriter writer)
    {
        writer.WriteUInt32((uint)Count);
        for (var i = 0; i < Count; i++)
        {
            ref readonly var entry = ref _entries[i];
            writer.WriteUInt32(entry.TicksLeft);
            writer.WriteSingle(entry.X);
            writer.WriteSingle(entry.Y);
            writer.WriteUInt16(entry.EntityType);
            writer.WriteUInt16(entry.Ore);
            writer.WriteUInt64(entry.Owner.High);
            writer.WriteUInt64(entry.Owner.Low);
        }
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        if (!reader.TryReadUInt32(out var count) || count > reader.Remaining / EntryBytes || count > RoomSettings.LargestMaxEntities)
            return false;
        for (var i = 0u; i < count; i++)
        {
            PendingRespawn entry = default;
            if (!(reader.TryReadUInt32(out entry.TicksLeft)
                && reader.TryReadSingle(out entry.X)
                && reader.TryReadSingle(out entry.Y)
                && reader.TryReadUInt16(out entry.EntityType)
                && reader.TryReadUInt16(out entry.Ore)
                && reader.TryReadUInt64(out var high)
                && reader.TryReadUInt64(out var low)))
            {
                return false;
            }

            entry.Owner = new PlayerId(high, low);
            Append(entry);
        }

        return true;
    }

    /// <inheritdoc />
    public void OnCleared() => Count = 0;

    /// <summary>
    /// Counts every entry down and respawns those whose time has come, at their place (wrapped only if it lies outside the bounds),
    /// with a new id. A full room makes an entry wait.
    /// </summary>
    internal void Step(RoomWorld world)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var entry = _entries[i];
            if (entry.TicksLeft > 0)
                entry.TicksLeft--;
            if (entry.TicksLeft > 0 || !TrySpawn(world, entry))
                _entries[kept++] = entry;
        }

        Count = kept;
    }

    /// <summary>Adds an entry, unless as many wait as the room may hold entities: so many could not come back anyway.</summary>
    internal void Add(RoomWorld world, in PendingRespawn entry)
    {
        if (Count < world.Settings.MaxEntities)
            Append(entry);
    }

    private void Append(in PendingRespawn entry)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = entry;
    }

    /// <summary>Drops the entries of players whose time is over.</summary>
    internal void ForgetExpired(RoomWorld world)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            var player = _entries[i].Owner.IsNone ? -1 : world.Players.IndexOf(_entries[i].Owner);
            if (player < 0 || !world.Players[player].HasExpired(world.Tick))
                _entries[kept++] = _entries[i];
        }

        Count = kept;
    }

    /// <summary>Drops the entries of a player who is gone.</summary>
    internal void Forget(PlayerId owner)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Owner != owner)
                _entries[kept++] = _entries[i];
        }

        Count = kept;
    }

    private static bool TrySpawn(RoomWorld world, in PendingRespawn entry)
    {
        if (!EntitySpawner.HasRoomFor(world))
            return false;
        var slot = EntitySpawner.Spawn(world, entry.EntityType, entry.X, entry.Y, 0);
        if (entry.Ore > 0)
        {
            world.Entities.Column(StandardComponents.Asteroid).Set(
                slot, new Asteroid { OreRemaining = entry.Ore, TotalCapacity = entry.Ore });
        }

        if (!entry.Owner.IsNone)
        {
            world.Entities.Column(StandardComponents.Ownership).Set(
                slot, new Ownership { PlayerHigh = entry.Owner.High, PlayerLow = entry.Owner.Low });
        }

        return true;
    }
}
