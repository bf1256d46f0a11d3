// The name shown over a ship. Source: WORLD_RULES §3, kind 6.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The name shown over a ship.</summary>
public struct PlayerName : IComponent<PlayerName>
{
    /// <summary>UTF-8, at most 64 bytes.</summary>
    public string? Name;

    /// <inheritdoc />
    public readonly bool BitsEqual(in PlayerName other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteString(Name ?? string.Empty);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadString(64, out Name);
    }
}
