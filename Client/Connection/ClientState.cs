// Where a client is on its way into a room.
namespace Aetheris.Client.Connection;

/// <summary>Disconnected → Matching → Connecting → Joining → InRoom → Reconnecting → Matching …</summary>
public enum ClientState
{
    /// <summary>Not started, left, or given up; <see cref="AetherisClient.LastFailure"/> says why.</summary>
    Disconnected = 0,

    /// <summary>Asking a gateway over HTTP for a room and a connect token.</summary>
    Matching = 1,

    /// <summary>Opening the connection.</summary>
    Connecting = 2,

    /// <summary>Connected; waiting for Accept and for the room to let the player in.</summary>
    Joining = 3,

    /// <summary>Playing or watching.</summary>
    InRoom = 4,

    /// <summary>Waiting before the next attempt.</summary>
    Reconnecting = 5,
}
