// The sizes of the original protocol. Source: WIRE_FORMAT §1.
namespace Aetheris.Protocol.Codec1;

/// <summary>Constants that both ends of codec 1 share.</summary>
public static class Codec1Limits
{
    /// <summary>Largest datagram payload, bytes.</summary>
    public const int MaxPayload = 1200;

    /// <summary>Largest event in a datagram of the link, whose envelope takes one byte of the payload.</summary>
    public const int MaxEvent = MaxPayload - 1;

    /// <summary>Bytes of message per fragment: the payload less 64 reserved for the envelope.</summary>
    public const int MaxFragmentPayload = MaxPayload - 64;

    /// <summary>Most fragments of a message that a receiver accepts.</summary>
    public const int MaxTotalFragments = 1024;

    /// <summary>Seconds after its first fragment at which an incomplete message is dropped.</summary>
    public const int ReassemblySeconds = 5;

    /// <summary>Most actions of one input.</summary>
    public const int MaxActions = 128;

    /// <summary>Bits an input's mask may have: fire.</summary>
    public const uint AllowedActionsMask = 0x4;

    /// <summary>Ticks an input may jump ahead.</summary>
    public const int MaxForwardTickJump = 600;
}
