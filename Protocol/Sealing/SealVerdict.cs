// What became of a datagram that somebody tried to open.
namespace Aetheris.Protocol.Sealing;

/// <summary>Outcomes; all but the first are dropped without an answer.</summary>
public enum SealVerdict : byte
{
    /// <summary>Sealed by the other end, and new.</summary>
    Genuine = 0,

    /// <summary>Too short, too long or not of this kind.</summary>
    Malformed = 1,

    /// <summary>Its counter was seen before, or is too far behind.</summary>
    Replayed = 2,

    /// <summary>Not sealed with this key, or altered.</summary>
    Forged = 3,
}
