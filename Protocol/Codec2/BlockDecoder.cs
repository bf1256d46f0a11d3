// Turns a block back into a cell's members.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// The mirror of <see cref="BlockEncoder"/>. Any bytes are answered with true or false, never with an exception, and bounded work: at most 64 members and
/// <see cref="Codec2Limits.MaxValueBytes"/> bytes of values. Reused: steady use allocates nothing. Not thread-safe.
/// </summary>
public sealed class BlockDecoder
{
    private readonly BlockCoding _coding = new();
    private RangeDecoder _coder;

    /// <summary>Creates a decoder.</summary>
    public BlockDecoder() => _coder = new RangeDecoder(_coding.Contexts);

    /// <summary>Decodes a block. What comes out counts only if the sum of the checks is the datagram's.</summary>
    /// <param name="schema">The room.</param>
    /// <param name="block">The block's bytes.</param>
    /// <param name="b">The cell at the base; null = absolute.</param>
    /// <param name="b2">The cell at the second base; null = none.</param>
    /// <param name="tick">Tick of the datagram.</param>
    /// <param name="into">Receives the members; neither of the bases. Undefined after false.</param>
    /// <param name="slow">Entries are appended; none after false.</param>
    /// <param name="check">The block's check.</param>
    public bool TryDecode(
        Codec2Schema schema, ReadOnlySpan<byte> block, CellSnapshot? b, CellSnapshot? b2, ulong tick, CellSnapshot into, DecodedSlow slow, out ushort check)
    {
        check = 0;
        into.Clear(tick);
        var n = b is null ? 0 : tick - b.Tick;
        var m = b is null || b2 is null ? 0 : b.Tick - b2.Tick;
        if (block.Length > Codec2Limits.MaxBlock || n > Codec2Limits.MaxAge || m > Codec2Limits.MaxGap
            || (b is not null && b.Tick >= tick) || (b is not null && b2 is not null && b2.Tick >= b.Tick))
        {
            return false;
        }

        int entries = slow.Count, bytes = slow.Bytes.Length;
        _coder.Start(block);
        _coding.Start(schema, (int)n, (int)m);
        var hash = new BlockCheck(tick);
        if ((b is null || TryMembers(ref hash, schema, b, m == 0 ? null : b2, into, slow))
            && TryEntrants(ref hash, schema, into, slow)
            && !_coder.IsOverrun)
        {
            check = hash.Value;
            return true;
        }

        slow.Truncate(entries, bytes);
        return false;
    }

    private bool TryMembers(ref BlockCheck check, Codec2Schema schema, CellSnapshot b, CellSnapshot? b2, CellSnapshot into, DecodedSlow slow)
    {
        var k = 0;
        for (var i = 0; i < b.Count; i++)
        {
            var slot = b.SlotAt(i);
            var generation = b.GenerationAt(i);
            var type = b.TypeAt(i);
            if (_coder.Bit(ContextModel.Left, 0) != 0)
            {
                var gone = _coder.Bit(ContextModel.Despawned, 0);
                check.Mix(slot | ((uint)generation << 16) | ((uint)(2 | gone) << 28));
                slow.Add(new DecodedSlowEntry(gone != 0 ? DecodedSlowKind.Despawned : DecodedSlowKind.Moved, slot, generation, type, 0, 0, 0, 0, 0));
                continue;
            }

            var hasSecond = false;
            if (b2 is not null)
            {
                while (k < b2.Count && b2.SlotAt(k) < slot)
                    k++;
                hasSecond = b2.Holds(k, slot, generation, type);
            }

            var motion = default(QuantizedMotion);
            _coding.Motion(ref _coder, type, b.MotionAt(i), hasSecond ? b2!.MotionAt(k) : default, hasSecond, ref motion);
            motion.ThrustAge = byte.MaxValue;
            check.Mix(motion);
            check.Mix(slot, generation, motion.AY);
            into.TryAdd(slot, generation, type, motion);
            if (_coder.Bit(ContextModel.SlowChanged, 0) != 0 && !TryChanges(ref check, schema, slot, generation, type, slow))
                return false;
            if (_coder.IsOverrun)
                return false;
        }

        return true;
    }

    private bool TryChanges(ref BlockCheck check, Codec2Schema schema, ushort slot, byte generation, ushort type, DecodedSlow slow)
    {
        _coding.StartRecord();
        for (var index = 0; index < schema.Components.Count; index++)
        {
            var component = schema.Components[index];
            if (component.Role != Codec2Role.Slow)
                continue;
            var place = Math.Min(index, ContextModel.ComponentSlots - 1);
            if (_coder.Bit(ContextModel.ComponentChanged + place, 0) == 0)
                continue;
            if (_coder.Bit(ContextModel.ComponentRemoved + place, 0) != 0)
            {
                check.Mix((uint)component.Bit | (1u << 31));
                slow.Add(new DecodedSlowEntry(DecodedSlowKind.Removed, slot, generation, type, 0, 0, component.Bit, 0, 0));
            }
            else if (!TryValue(ref check, index, component.Bit, slot, generation, type, isNew: false, slow))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryEntrants(ref BlockCheck check, Codec2Schema schema, CellSnapshot into, DecodedSlow slow)
    {
        var count = 0;
        EntrantCoding.Count(ref _coder, _coding, ref count);
        if (count > Codec2Limits.MaxMembers - into.Count)
            return false;
        var previous = EntrantCoding.First;
        for (var i = 0; i < count; i++)
        {
            var motion = default(QuantizedMotion);
            var entrant = default(EntrantCoding);
            entrant.Code(ref _coder, _coding, schema, previous, ref motion);
            motion.ThrustAge = byte.MaxValue;
            if ((i > 0 && entrant.Slot <= previous.Slot) || !into.TryInsert(entrant.Slot, entrant.Generation, entrant.Type, motion) || _coder.IsOverrun)
                return false;
            entrant.Mix(ref check, motion);
            previous = entrant;
            slow.Add(new DecodedSlowEntry(
                DecodedSlowKind.Entered, entrant.Slot, entrant.Generation, entrant.Type, entrant.Id, entrant.Mask, 0, 0, 0));
            _coding.StartRecord();
            for (var index = 0; index < schema.Components.Count; index++)
            {
                var component = schema.Components[index];
                if (component.Role == Codec2Role.Slow && (entrant.Mask & (1UL << component.Bit)) != 0
                    && !TryValue(ref check, index, component.Bit, entrant.Slot, entrant.Generation, entrant.Type, isNew: true, slow))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryValue(ref BlockCheck check, int index, int bit, ushort slot, byte generation, ushort type, bool isNew, DecodedSlow slow)
    {
        var start = slow.Bytes.Length;
        if (!_coding.TryValue(ref _coder, index, type, isNew, slow.Bytes, start))
            return false;
        slow.Add(new DecodedSlowEntry(DecodedSlowKind.Value, slot, generation, type, 0, 0, bit, start, slow.Bytes.Length - start));
        check.Mix(bit, slow.Bytes.Written[start..]);
        return !_coder.IsOverrun;
    }
}
