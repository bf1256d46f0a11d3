// The events that cross the wire.
namespace Aetheris.Protocol.Codec1.Events;

/// <summary>Variant of a <see cref="WireEvent"/>; the number is its index on the wire (WIRE_FORMAT §3).</summary>
public enum WireEventKind : byte
{
    /// <summary>Asks for a Pong of the same tick.</summary>
    Ping = 0,

    /// <summary>Answers a Ping.</summary>
    Pong = 1,

    /// <summary>Presents a session token.</summary>
    Auth = 2,

    /// <summary>One chunk of a larger message.</summary>
    Fragment = 3,

    /// <summary>Privileged: spawn many entities.</summary>
    StressTest = 4,

    /// <summary>Privileged: spawn one entity.</summary>
    Spawn = 5,

    /// <summary>Privileged: remove every entity.</summary>
    ClearWorld = 6,

    /// <summary>Asks for a ship.</summary>
    StartSession = 7,

    /// <summary>Asks for the manifest.</summary>
    RequestSystemManifest = 8,

    /// <summary>Something happened in the game.</summary>
    GameEvent = 9,

    /// <summary>Component updates.</summary>
    ReplicationBatch = 10,
}
