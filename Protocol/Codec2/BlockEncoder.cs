// Turns a cell's members into a block.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// Encodes a cell at one tick against one or two earlier ticks, or absolutely. The bytes depend on these snapshots and the component values only, so that one block serves
/// every client with the same bases. Reused: steady use allocates nothing. Not thread-safe.
/// </summary>
public sealed class BlockEncoder
{
    private readonly BlockCoding _coding = new();
    private readonly ByteWriter _values = new(1024);
    private RangeEncoder _coder;

    /// <summary>Creates an encoder.</summary>
    public BlockEncoder() => _coder = new RangeEncoder(_coding.Contexts);

    /// <summary>Sees every symbol; null outside of measurements.</summary>
    internal IBlockObserver? Observer { get; set; }

    /// <summary>Appends a block; larger than <see cref="Codec2Limits.MaxBlock"/> means that the cell has to be split.</summary>
    /// <param name="schema">The room.</param>
    /// <param name="now">The cell now; motions canonical.</param>
    /// <param name="b">The cell at the base, at most <see cref="Codec2Limits.MaxAge"/> ticks ago; null = absolute.</param>
    /// <param name="b2">The cell at the second base, at most <see cref="Codec2Limits.MaxGap"/> ticks earlier; null = none.</param>
    /// <param name="slow">The room now.</param>
    /// <param name="into">Receives the bytes.</param>
    /// <returns>The block's check.</returns>
    /// <exception cref="ArgumentException">The bases are not in order or too old.</exception>
    /// <exception cref="InvalidOperationException">A component's value has another size than the schema says.</exception>
    public ushort Encode(Codec2Schema schema, CellSnapshot now, CellSnapshot? b, CellSnapshot? b2, ISlowState slow, ByteWriter into)
    {
        if (Observer is not null)
        {
            var observed = new ObservedCoder(_coding.Contexts, Observer);
            Code(ref observed, schema, now, b, b2, slow);
        }

        _coder.Start();
        var check = Code(ref _coder, schema, now, b, b2, slow);
        _coder.Finish(into);
        return check;
    }

    private ushort Code<TCoder>(ref TCoder coder, Codec2Schema schema, CellSnapshot now, CellSnapshot? b, CellSnapshot? b2, ISlowState slow)
        where TCoder : struct, IBitCoder
    {
        var n = b is null ? 0 : Distance(b.Tick, now.Tick, Codec2Limits.MaxAge);
        var m = b is null || b2 is null ? 0 : Distance(b2.Tick, b.Tick, Codec2Limits.MaxGap);
        _coding.Start(schema, n, m);
        var check = new BlockCheck(now.Tick);
        var staying = b is null ? 0 : Members(ref coder, ref check, schema, now, b, m == 0 ? null : b2, slow);
        Entrants(ref coder, ref check, schema, now, staying, slow);
        return check.Value;
    }

    private ulong Members<TCoder>(
        ref TCoder coder, ref BlockCheck check, Codec2Schema schema, CellSnapshot now, CellSnapshot b, CellSnapshot? b2, ISlowState slow)
        where TCoder : struct, IBitCoder
    {
        var staying = 0UL;
        int j = 0, k = 0;
        for (var i = 0; i < b.Count; i++)
        {
            var slot = b.SlotAt(i);
            var generation = b.GenerationAt(i);
            var type = b.TypeAt(i);
            while (j < now.Count && now.SlotAt(j) < slot)
                j++;
            var stays = now.Holds(j, slot, generation, type);
            coder.Bit(ContextModel.Left, stays ? 0 : 1);
            if (!stays)
            {
                var gone = coder.Bit(ContextModel.Despawned, slow.IsAlive(slot, generation) ? 0 : 1);
                check.Mix(slot | ((uint)generation << 16) | ((uint)(2 | gone) << 28));
                continue;
            }

            var hasSecond = TryFind(b2, ref k, slot, generation, type);
            staying |= 1UL << j;
            var motion = now.MotionAt(j);
            _coding.Motion(ref coder, type, b.MotionAt(i), hasSecond ? b2!.MotionAt(k) : default, hasSecond, ref motion);
            check.Mix(motion);
            check.Mix(slot, generation, motion.AY);
            var changed = slow.ChangedSince(slot, b.Tick) & schema.SlowMask;
            if (coder.Bit(ContextModel.SlowChanged, changed != 0 ? 1 : 0) != 0)
                Changes(ref coder, ref check, schema, slot, type, changed, slow);
        }

        return staying;
    }

    private void Changes<TCoder>(
        ref TCoder coder, ref BlockCheck check, Codec2Schema schema, ushort slot, ushort type, ulong changed, ISlowState slow)
        where TCoder : struct, IBitCoder
    {
        _coding.StartRecord();
        _values.Clear();
        var mask = slow.MaskOf(slot);
        for (var index = 0; index < schema.Components.Count; index++)
        {
            var component = schema.Components[index];
            if (component.Role != Codec2Role.Slow)
                continue;
            var place = Math.Min(index, ContextModel.ComponentSlots - 1);
            var bit = 1UL << component.Bit;
            if (coder.Bit(ContextModel.ComponentChanged + place, (changed & bit) != 0 ? 1 : 0) == 0)
                continue;
            if (coder.Bit(ContextModel.ComponentRemoved + place, (mask & bit) == 0 ? 1 : 0) != 0)
                check.Mix((uint)component.Bit | (1u << 31));
            else
                Value(ref coder, ref check, index, component.Bit, slot, type, isNew: false, slow);
        }
    }

    private void Entrants<TCoder>(ref TCoder coder, ref BlockCheck check, Codec2Schema schema, CellSnapshot now, ulong staying, ISlowState slow)
        where TCoder : struct, IBitCoder
    {
        var count = now.Count;
        for (var mask = staying; mask != 0; mask &= mask - 1)
            count--;
        EntrantCoding.Count(ref coder, _coding, ref count);
        var previous = EntrantCoding.First;
        for (var i = 0; i < now.Count; i++)
        {
            if ((staying & (1UL << i)) != 0)
                continue;
            var slot = now.SlotAt(i);
            var mask = slow.MaskOf(slot) & schema.ComponentMask;
            var motion = now.MotionAt(i);
            var entrant = new EntrantCoding { Slot = slot, Generation = now.GenerationAt(i), Type = now.TypeAt(i), Id = slow.IdOf(slot), Mask = mask };
            entrant.Code(ref coder, _coding, schema, previous, ref motion);
            entrant.Mix(ref check, motion);
            previous = entrant;
            _coding.StartRecord();
            _values.Clear();
            for (var index = 0; index < schema.Components.Count; index++)
            {
                var component = schema.Components[index];
                if (component.Role == Codec2Role.Slow && (mask & (1UL << component.Bit)) != 0)
                    Value(ref coder, ref check, index, component.Bit, slot, entrant.Type, isNew: true, slow);
            }
        }
    }

    private void Value<TCoder>(ref TCoder coder, ref BlockCheck check, int index, int bit, ushort slot, ushort type, bool isNew, ISlowState slow)
        where TCoder : struct, IBitCoder
    {
        var start = _values.Length;
        slow.Write(slot, bit, _values);
        if (!_coding.TryValue(ref coder, index, type, isNew, _values, start))
            throw new InvalidOperationException("component values of one block exceed their bound");
        check.Mix(bit, _values.Written[start..]);
    }

    private static bool TryFind(CellSnapshot? snapshot, ref int from, ushort slot, byte generation, ushort type)
    {
        if (snapshot is null)
            return false;
        while (from < snapshot.Count && snapshot.Slots[from] < slot)
            from++;
        return snapshot.Holds(from, slot, generation, type);
    }

    private static int Distance(ulong earlier, ulong later, int most) =>
        earlier < later && later - earlier <= (ulong)most
            ? (int)(later - earlier)
            : throw new ArgumentException("bases are at most " + most.ToString(System.Globalization.CultureInfo.InvariantCulture) + " ticks apart and in order", nameof(earlier));
}
