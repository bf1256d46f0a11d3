// Name, size and access of a room. Source: WORLD_RULES §3, kind 129.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Name, size and access of a room.</summary>
public struct RoomDefinition : IComponent<RoomDefinition>
{
    /// <summary>UTF-8, at most 64 bytes.</summary>
    public string? Name;
    /// <summary>Players; 0 = unlimited.</summary>
    public uint Capacity;
    public RoomAccess Access;
    /// <summary>Only with RoomAccess.Permission; UTF-8, at most 64 bytes.</summary>
    public string? Permission;
    public bool IsTemplate;

    /// <inheritdoc />
    public readonly bool BitsEqual(in RoomDefinition other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal)
        && Capacity == other.Capacity
        && Access == other.Access
        && string.Equals(Permission, other.Permission, StringComparison.Ordinal)
        && IsTemplate == other.IsTemplate;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteString(Name ?? string.Empty);
        writer.WriteUInt32(Capacity);
        writer.WriteByte((byte)Access);
        writer.WriteString(Permission ?? string.Empty);
        writer.WriteBoolean(IsTemplate);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        byte access = 0;
        if (!(reader.TryReadString(64, out Name)
            && reader.TryReadUInt32(out Capacity)
            && reader.TryReadByte(out access)
            && reader.TryReadString(64, out Permission)
            && reader.TryReadBoolean(out IsTemplate)))
            return false;

        Access = (RoomAccess)access;
        return true;
    }
}
