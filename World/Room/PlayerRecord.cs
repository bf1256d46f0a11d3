// What a room knows about one player.
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>One row of the owner table.</summary>
public struct PlayerRecord
{
    /// <summary>The player.</summary>
    public PlayerId Player;

    /// <summary>Their newest connection; what carries another one has no effect.</summary>
    public ConnectionEpoch Connection;

    /// <summary>The gateway of that connection.</summary>
    public GatewayId Gateway;

    /// <summary>Their ship; none for a spectator and after ClearWorld.</summary>
    public NetworkId Ship;

    /// <summary>Type of their ship.</summary>
    public ushort ShipType;

    /// <summary>Name over their ship, at most 64 bytes of UTF-8; null or empty for the type's.</summary>
    public string? ShipName;

    /// <summary>Tick from which on they get their next ship; 0 unless the last one died.</summary>
    public ulong RespawnAt;

    /// <summary>Watches without a ship and takes no place.</summary>
    public bool Spectator;

    /// <summary>False from the end of the connection on.</summary>
    public bool Connected;

    /// <summary>Left for good: owns nothing and takes no place; the row stays until <see cref="ExpiresAt"/> so that late commands of older connections stay without effect.</summary>
    public bool Departed;

    /// <summary>Tick at which a row without connection ends, and with it everything that the player owns.</summary>
    public ulong ExpiresAt;

    /// <summary>Whether the row ends with a tick, and with it everything that the player owns.</summary>
    public readonly bool HasExpired(ulong tick) => !Connected && tick >= ExpiresAt;

    /// <summary>Whether the player takes one of the room's places.</summary>
    public readonly bool TakesPlace => !Spectator && !Departed;
}
