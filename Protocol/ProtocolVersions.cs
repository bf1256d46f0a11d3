// The version numbers that peers compare before they talk.
namespace Aetheris.Protocol;

/// <summary>Versions of what crosses the wire. Raised with any change that an older peer would misread.</summary>
public static class ProtocolVersions
{
    /// <summary>Link envelope, connect request and control messages between client and gateway.</summary>
    public const ushort Link = 1;

    /// <summary>Connect tokens and sealed datagrams under the link on UDP; the magic of a first datagram ends with it.</summary>
    public const byte Seal = 1;

    /// <summary>Frames, images and command batches between room and gateway.</summary>
    public const ushort Frame = 1;

    /// <summary>The original protocol's number, reported in its manifest (WIRE_FORMAT §1).</summary>
    public const uint Codec1 = 3;
}
