// Bits by field.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Codec2.Bits;

/// <summary>Sums what every symbol costs.</summary>
internal sealed class FieldCosts : IBlockObserver
{
    private readonly double[] _bits = new double[ContextModel.Fields.Length];

    internal double Total => _bits.Sum();

    public void OnBit(int context, int bit, int probability) =>
        _bits[ContextModel.FieldOf(context)] -= Math.Log2((bit != 0 ? probability : 65536 - probability) / 65536.0);

    public void OnRaw(int context, int count) => _bits[ContextModel.FieldOf(context)] += count;

    internal double Of(int field) => _bits[field];
}
