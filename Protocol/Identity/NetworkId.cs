// The identity of an entity inside one room.
using System;

namespace Aetheris.Protocol.Identity;

/// <summary>Identity of an entity: counts up from 1 in its room and is never used twice there; 0 means none.</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct NetworkId(ulong Value) : IComparable<NetworkId>
{
    /// <summary>No entity.</summary>
    public static NetworkId None => default;

    /// <inheritdoc />
    public int CompareTo(NetworkId other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Orders by number.</summary>
    public static bool operator <(NetworkId left, NetworkId right) => left.Value < right.Value;

    /// <summary>Orders by number.</summary>
    public static bool operator >(NetworkId left, NetworkId right) => left.Value > right.Value;

    /// <summary>Orders by number.</summary>
    public static bool operator <=(NetworkId left, NetworkId right) => left.Value <= right.Value;

    /// <summary>Orders by number.</summary>
    public static bool operator >=(NetworkId left, NetworkId right) => left.Value >= right.Value;
}
