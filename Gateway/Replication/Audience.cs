// Which codecs the connections of a room read.
namespace Aetheris.Gateway.Replication;

/// <summary>Nothing is encoded for nobody.</summary>
[Flags]
public enum Audience
{
    /// <summary>Nobody is in the room.</summary>
    None = 0,

    /// <summary>Somebody reads codec 1.</summary>
    Codec1 = 1,

    /// <summary>Somebody reads codec 2.</summary>
    Codec2 = 2,
}
