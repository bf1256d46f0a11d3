// The byte form of a whole room.
using System;
using System.Diagnostics.CodeAnalysis;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// magic u32 | format u16 | world version u64 | settings | tick u64 | last id u64 | room id u64 | entities u32 |
/// free slots u16 × (slot u16, generation u8) | per entity by ascending id: slot u16, generation u8, id u64, mask u64, values by
/// ascending bit | resources in order | crc32c u32 of everything before. Little-endian.
/// </summary>
internal static class RoomSave
{
    internal const ushort FormatVersion = 1;

    private const uint Magic = 0x31574541;
    private const int EntityHeadBytes = 19;

    internal static void Write(ByteWriter writer, RoomWorld world)
    {
        writer.WriteUInt32(Magic);
        writer.WriteUInt16(FormatVersion);
        writer.WriteUInt64(world.Definition.WorldVersion);
        world.Settings.Write(writer);
        writer.WriteUInt64(world.Tick);
        writer.WriteUInt64(world.LastId);
        writer.WriteUInt64(world.Room.Value);

        var entities = world.Entities;
        writer.WriteUInt32((uint)entities.Count);
        world.Allocator.Write(writer, entities);
        foreach (var slot in entities.Slots)
            ChangesFormat.WriteEntity(writer, entities, slot, world.Definition.AllMask);
        for (var i = 0; i < world.Definition.ResourceCount; i++)
            world.ResourceAt(i).Write(writer);
    }

    internal static bool TryRead(
        WorldDefinition definition, ulong savedVersion, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomWorld? world, out string reason)
    {
        world = null;
        if (bytes.Length < 4)
            return Fail("shorter than its checksum", out reason);
        if (!Crc32C.TryOpen(bytes, out var body))
            return Fail("checksum differs", out reason);

        var reader = new ByteReader(body);
        if (!(reader.TryReadUInt32(out var magic) && magic == Magic))
            return Fail("not a saved room", out reason);
        if (!(reader.TryReadUInt16(out var format) && format == FormatVersion))
            return Fail("format " + format + " instead of " + FormatVersion, out reason);
        if (!(reader.TryReadUInt64(out var version) && version == savedVersion))
            return Fail("world version " + version.ToString("x16") + " instead of " + savedVersion.ToString("x16"), out reason);
        if (!RoomSettings.TryRead(ref reader, out var settings))
            return Fail("settings are malformed", out reason);

        var loaded = new RoomWorld(definition, settings);
        if (!TryReadEntities(ref reader, loaded))
            return Fail("entities are malformed", out reason);
        for (var i = 0; i < definition.ResourceCount; i++)
        {
            if (!loaded.ResourceAt(i).TryRead(ref reader))
                return Fail("resource " + i + " is malformed", out reason);
        }

        if (reader.Remaining != 0)
            return Fail("bytes are left over", out reason);
        if (!IsConsistent(loaded))
            return Fail("owner table and entities disagree", out reason);
        loaded.Entities.MarkClean();
        world = loaded;
        reason = string.Empty;
        return true;
    }

    private static bool TryReadEntities(ref ByteReader reader, RoomWorld world)
    {
        if (!(reader.TryReadUInt64(out var tick)
            && reader.TryReadUInt64(out var lastId)
            && reader.TryReadUInt64(out var room)
            && reader.TryReadUInt32(out var count)
            && count <= world.Settings.MaxEntities && count <= reader.Remaining / EntityHeadBytes
            && world.Allocator.TryRead(ref reader, world.Entities, (int)count)))
        {
            return false;
        }

        world.Tick = tick;
        world.LastId = lastId;
        world.Room = new NetworkId(room);
        for (var i = 0; i < count; i++)
        {
            if (!ChangesFormat.TryReadEntity(ref reader, world.Entities, world.Definition.AllMask, world.Allocator.HighWater, out _))
                return false;
        }

        return world.Entities.LastId.Value <= lastId
            && world.Allocator.NoneAlive(world.Entities)
            && (room == 0 || world.Entities.TryGetSlot(world.Room, out _));
    }

    /// <summary>Rules rely on these without looking.</summary>
    private static bool IsConsistent(RoomWorld world)
    {
        var owners = world.Entities.Column(StandardComponents.Ownership);
        var status = world.Entities.Column(StandardComponents.PilotStatus);
        var inputs = world.Entities.Column(StandardComponents.PilotInput);
        for (var i = 0; i < world.Players.Count; i++)
        {
            ref readonly var record = ref world.Players[i];
            if (record.Ship == NetworkId.None)
                continue;
            if (!(world.Entities.TryGetSlot(record.Ship, out var slot) && owners.Has(slot) && status.Has(slot) && inputs.Has(slot)))
                return false;
        }

        foreach (var slot in world.Entities.Slots)
        {
            if (inputs.Has(slot) != status.Has(slot))
                return false;
        }

        return true;
    }

    private static bool Fail(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
