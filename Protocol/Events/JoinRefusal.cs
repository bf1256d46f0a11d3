// Why a room refuses a join.
namespace Aetheris.Protocol.Events;

/// <summary>Why a room refuses a join.</summary>
public enum JoinRefusal : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>No free place.</summary>
    Full = 1,

    /// <summary>The access policy says no.</summary>
    Policy = 2,

    /// <summary>The room is draining or closed.</summary>
    Closing = 3,

    /// <summary>A newer connection of the same player is in.</summary>
    Stale = 4,
}
