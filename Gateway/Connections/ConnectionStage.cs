// The life of a connection.
namespace Aetheris.Gateway.Connections;

/// <summary>Stages, each with a deadline.</summary>
public enum ConnectionStage
{
    /// <summary>The connect token is being verified.</summary>
    Handshake = 0,

    /// <summary>The token is good; session and room are asked.</summary>
    Authenticated = 1,

    /// <summary>Playing or watching.</summary>
    InRoom = 2,

    /// <summary>The last words are on their way.</summary>
    Closing = 3,

    /// <summary>Nothing is left.</summary>
    Closed = 4,
}
