// What is known about one input.
namespace Aetheris.Client.Input;

/// <summary>Where an input is.</summary>
public enum InputStatus : byte
{
    /// <summary>Sent; nothing heard yet.</summary>
    Sent = 0,

    /// <summary>Reached the gateway.</summary>
    Received = 1,

    /// <summary>Never reached the gateway: a later one was forwarded without it.</summary>
    Unreceived = 2,

    /// <summary>Applied: it is in the room's chain.</summary>
    Acked = 3,

    /// <summary>Acknowledged, but it is not in the room's chain.</summary>
    Lost = 4,

    /// <summary>The room refused it and said so.</summary>
    Rejected = 5,

    /// <summary>Nothing can be said: no acknowledgement covers it.</summary>
    Unverified = 6,

    /// <summary>One of several that were acknowledged and of which at least one is lost: the room's chain does not say which.</summary>
    Suspect = 7,
}
