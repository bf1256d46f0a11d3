// Sizes and counts of the link, in one place.
using Aetheris.Protocol.Sealing;

namespace Aetheris.Protocol.Link;

/// <summary>Bounds that both ends keep.</summary>
public static class LinkLimits
{
    /// <summary>Largest unreliable message, kind byte included, in bytes (DESIGN §3: never fragmented).</summary>
    public const int MaxDatagram = 1200;

    /// <summary>Largest message a gateway accepts from a client on any channel, in bytes.</summary>
    public const int MaxInboundMessage = 16 * 1024;

    /// <summary>MTU both ends set at once, so that 1,200-byte payloads fit before discovery; sealed it makes the largest datagram.</summary>
    public const int Mtu = SealLimits.MaxDatagram - SealLimits.Overhead;

    /// <summary>Most inputs in one packet: the newest and its redundant predecessors.</summary>
    public const int MaxInputsPerPacket = 8;

    /// <summary>Most fragments into which the transport may cut a reliable message of a client: 16 KiB.</summary>
    public const int MaxInboundFragments = 16;

    /// <summary>Longest text in Reject and Close, in bytes of UTF-8.</summary>
    public const int MaxReasonText = 256;

    /// <summary>Longest line of chat, in bytes of UTF-8.</summary>
    public const int MaxChatLine = 240;

    /// <summary>Longest name in Chat, in bytes of UTF-8.</summary>
    public const int MaxChatName = 128;

    /// <summary>Longest connect token, in bytes.</summary>
    public const int MaxToken = 900;

    /// <summary>Pauses per second while a room is silent.</summary>
    public const int PauseHz = 20;

    /// <summary>Reliable-ordered channel for control, session start and events.</summary>
    public const byte ReliableChannel = 0;
}
