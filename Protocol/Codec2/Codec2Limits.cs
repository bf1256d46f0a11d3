// Sizes and counts of codec 2, in one place.
namespace Aetheris.Protocol.Codec2;

/// <summary>Bounds that encoder and decoder keep.</summary>
public static class Codec2Limits
{
    /// <summary>Most members of a cell.</summary>
    public const int MaxMembers = 64;

    /// <summary>Largest block a gateway sends, in bytes; a cell whose absolute block is larger is split.</summary>
    public const int MaxBlock = 1100;

    /// <summary>Oldest base, in ticks: the room states that both ends keep.</summary>
    public const int MaxAge = 63;

    /// <summary>Largest distance between the first and the second base, in ticks.</summary>
    public const int MaxGap = 63;

    /// <summary>Largest value of one component, in bytes.</summary>
    public const int MaxValue = 1024;

    /// <summary>Most bytes of component values in one block, after decoding.</summary>
    public const int MaxValueBytes = 65536;

    /// <summary>Most steps of 1/256 m along one side of a room: 4,096 m.</summary>
    public const int MaxSize = 1 << 20;

    /// <summary>Most cells that one datagram tells a client to leave.</summary>
    public const int MaxLeaves = 255;
}
