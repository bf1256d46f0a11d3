// A session as operators see it.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>What a session knows.</summary>
[GenerateSerializer, Immutable, Alias("aetheris.session.info")]
public sealed record SessionInfo
{
    /// <summary>Name to show.</summary>
    [Id(0)] public string Name { get; init; } = string.Empty;

    /// <summary>Role claim.</summary>
    [Id(1)] public string Role { get; init; } = string.Empty;

    /// <summary>Room of the newest connection, live or not; empty before the first.</summary>
    [Id(2)] public string Room { get; init; } = string.Empty;

    /// <summary>Gateway of the live connection.</summary>
    [Id(3)] public GatewayId Gateway { get; init; }

    /// <summary>Newest connection epoch.</summary>
    [Id(4)] public ConnectionEpoch Connection { get; init; }

    /// <summary>Whether that connection is live.</summary>
    [Id(5)] public bool Live { get; init; }

    /// <summary>Ship as last reported.</summary>
    [Id(6)] public NetworkId Ship { get; init; }

    /// <summary>Whether the session is revoked.</summary>
    [Id(7)] public bool Revoked { get; init; }

    /// <summary>Whether the player takes a place of the room as last reported: also between death and respawn, and in the grace period.</summary>
    [Id(8)] public bool HasPlace { get; init; }

    /// <summary>Suspicion over all connections of this activation (CONTROL_PLANE §4).</summary>
    [Id(9)] public int Suspicion { get; init; }

    /// <summary>End of the live connection's token.</summary>
    [Id(10)] public DateTimeOffset ExpiresAt { get; init; }
}
