// Who may enter a room. The names are the wire form of codec 1 (WIRE_FORMAT §8).
namespace Aetheris.Protocol.Components;

/// <summary>Who may enter a room.</summary>
public enum RoomAccess : byte
{
    /// <summary>Open.</summary>
    Open = 0,

    /// <summary>Permission.</summary>
    Permission = 1,

    /// <summary>InviteOnly.</summary>
    InviteOnly = 2,

    /// <summary>Locked.</summary>
    Locked = 3,
}
