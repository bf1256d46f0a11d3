// What distinguishes one room from another before anything happens in it.
using Aetheris.Protocol.Binary;

namespace Aetheris.World;

/// <summary>Settings of a room. They influence the future, so they are saved and hashed with it.</summary>
public sealed record RoomSettings
{
    /// <summary>Largest <see cref="MaxEntities"/>: with resting slots it stays within the u16 of a slot.</summary>
    public const int LargestMaxEntities = 65000;

    /// <summary>Players that may be in the room, those within their grace period included, spectators not; 0 = unlimited.</summary>
    public uint Capacity { get; init; }

    /// <summary>Ticks for which the ship of a lost connection waits.</summary>
    public uint GraceTicks { get; init; } = 1800;

    /// <summary>Entities that commands and rules may create, 3–65,000.</summary>
    public int MaxEntities { get; init; } = 5000;

    /// <summary>Ticks per second, 1 or more (W-01).</summary>
    public ushort TickRate { get; init; } = 60;

    /// <summary>Seed of the room's generators (W-80).</summary>
    public ulong Seed { get; init; } = 0xCAFEBABE;

    /// <summary>Whether every setting is within its range.</summary>
    public bool IsValid => TickRate != 0 && MaxEntities is >= 3 and <= LargestMaxEntities;

    internal void Write(ByteWriter writer)
    {
        writer.WriteUInt32(Capacity);
        writer.WriteUInt32(GraceTicks);
        writer.WriteInt32(MaxEntities);
        writer.WriteUInt16(TickRate);
        writer.WriteUInt64(Seed);
    }

    internal static bool TryRead(ref ByteReader reader, out RoomSettings settings)
    {
        settings = null!;
        if (!(reader.TryReadUInt32(out var capacity)
            && reader.TryReadUInt32(out var grace)
            && reader.TryReadInt32(out var maxEntities)
            && reader.TryReadUInt16(out var rate)
            && reader.TryReadUInt64(out var seed)))
        {
            return false;
        }

        settings = new RoomSettings { Capacity = capacity, GraceTicks = grace, MaxEntities = maxEntities, TickRate = rate, Seed = seed };
        return settings.IsValid;
    }
}
