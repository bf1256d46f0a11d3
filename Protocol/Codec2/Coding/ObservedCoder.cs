// Codes nowhere and shows every symbol.
namespace Aetheris.Protocol.Codec2;

/// <summary>Adapts the contexts as an encoder does and tells an observer.</summary>
internal struct ObservedCoder(ushort[] contexts, IBlockObserver observer) : IBitCoder
{
    private int _last;

    /// <inheritdoc />
    public readonly bool IsEncoding => true;

    /// <inheritdoc />
    public int Bit(int context, int bit)
    {
        _last = context;
        ref var probability = ref contexts[context];
        observer.OnBit(context, bit, probability);
        if (bit != 0)
            probability += (ushort)((65536 - probability) >> ContextModel.Rate);
        else
            probability -= (ushort)(probability >> ContextModel.Rate);
        return bit;
    }

    /// <inheritdoc />
    public readonly uint Raw(int count, uint value)
    {
        observer.OnRaw(_last, count);
        return value;
    }
}
