// Sees every symbol of a block: for measuring and training only.
namespace Aetheris.Protocol.Codec2;

/// <summary>Told of each symbol before its context learns from it.</summary>
internal interface IBlockObserver
{
    /// <summary>A bit in a context.</summary>
    void OnBit(int context, int bit, int probability);

    /// <summary>Raw bits behind a context.</summary>
    void OnRaw(int context, int count);
}
