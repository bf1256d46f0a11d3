// One block as it was encoded in this tick.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>A block's place in the cache.</summary>
/// <param name="Age">Ticks back to the base; 0 = absolute.</param>
/// <param name="Gap">Ticks from the base to the second one; 0 = none.</param>
/// <param name="Offset">Start of its bytes.</param>
/// <param name="Length">Number of its bytes; −1 = it would be too large.</param>
/// <param name="Check">Check of its content.</param>
public readonly record struct EncodedBlock(int Age, int Gap, int Offset, int Length, ushort Check)
{
    /// <summary>Whether it can be sent.</summary>
    public bool Fits => Length >= 0;
}
