// What a session keeps beyond its activation.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Sessions;

/// <summary>The session's record in the storage "aetheris".</summary>
[GenerateSerializer, Alias("aetheris.session.record")]
public sealed class SessionRecord
{
    /// <summary>Name to show.</summary>
    [Id(0)] public string Name { get; set; } = string.Empty;

    /// <summary>Role claim.</summary>
    [Id(1)] public string Role { get; set; } = string.Empty;

    /// <summary>Identity of the live connection's token.</summary>
    [Id(2)] public string Jti { get; set; } = string.Empty;

    /// <summary>Room of the newest connection.</summary>
    [Id(3)] public string Room { get; set; } = string.Empty;

    /// <summary>Gateway of the newest connection.</summary>
    [Id(4)] public GatewayId Gateway { get; set; }

    /// <summary>Newest connection epoch.</summary>
    [Id(5)] public ConnectionEpoch Connection { get; set; }

    /// <summary>Whether that connection is live.</summary>
    [Id(6)] public bool Live { get; set; }

    /// <summary>End of the live connection's token.</summary>
    [Id(7)] public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Ship as last reported.</summary>
    [Id(8)] public NetworkId Ship { get; set; }

    /// <summary>Room epoch of that report.</summary>
    [Id(9)] public uint ShipRoomEpoch { get; set; }

    /// <summary>Newest revocation: tokens issued up to then are refused.</summary>
    [Id(10)] public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Whether nobody has signed in since the revocation.</summary>
    [Id(11)] public bool Revoked { get; set; }

    /// <summary>Whether the player takes a place of the room, as last reported.</summary>
    [Id(12)] public bool HasPlace { get; set; }

    /// <summary>Connect tokens that were used and have not ended yet, with their ends.</summary>
    [Id(13)] public Dictionary<string, DateTimeOffset> UsedTokens { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The newest ban; it may be over.</summary>
    [Id(14)] public Ban? Ban { get; set; }

    /// <summary>Suspicion (CONTROL_PLANE §4); it is stored with other changes, never for its own sake.</summary>
    [Id(15)] public int Suspicion { get; set; }
}
