// Who came into a cell.
namespace Aetheris.Protocol.Codec2;

/// <summary>Identity and component mask of an entrant, coded against those of the one before.</summary>
internal struct EntrantCoding
{
    internal ushort Slot;
    internal byte Generation;
    internal ushort Type;
    internal ulong Id;
    internal ulong Mask;

    /// <summary>What the first one is coded against.</summary>
    internal static EntrantCoding First => new() { Slot = ushort.MaxValue };

    /// <summary>How many there are, 0–127 (against a base after a bit that says whether any); more than fit is for the reader to refuse.</summary>
    internal static void Count<TCoder>(ref TCoder coder, BlockCoding coding, ref int count)
        where TCoder : struct, IBitCoder
    {
        if (coding.HasBase && coder.Bit(ContextModel.HasEntrants, count != 0 ? 1 : 0) == 0)
        {
            count = 0;
            return;
        }

        coding.StartSlow();
        count = (int)Numbers.Unsigned(ref coder, ContextModel.EntrantCount, 7, (ulong)count);
    }

    /// <summary>Slot gap · generation · type · network id · motion · components. A slot beyond the last wraps, which the reader refuses.</summary>
    internal void Code<TCoder>(ref TCoder coder, BlockCoding coding, Codec2Schema schema, in EntrantCoding previous, ref QuantizedMotion motion)
        where TCoder : struct, IBitCoder
    {
        var next = unchecked((ushort)(previous.Slot + 1));
        Slot = unchecked((ushort)(next + (ushort)Numbers.Unsigned(ref coder, ContextModel.SlotGap, 16, unchecked((ushort)(Slot - next)))));
        Generation = (byte)coder.Raw(4, Generation);
        if (coder.Bit(ContextModel.SameType, Type == previous.Type ? 1 : 0) != 0)
            Type = previous.Type;
        else
            Type = (ushort)coder.Raw(16, Type);
        var expected = unchecked(previous.Id + 1);
        var distance = unchecked((long)(Id - expected));
        Id = unchecked(expected + (ulong)Numbers.Unzigzag(Numbers.Unsigned(ref coder, ContextModel.IdLength, 64, Numbers.Zigzag(distance))));
        coding.Absolute(ref coder, ref motion);

        var prototype = schema.PrototypeMaskOf(Type);
        if (coder.Bit(ContextModel.PrototypeMask, Mask == prototype ? 1 : 0) != 0)
        {
            Mask = prototype;
            return;
        }

        var mask = 0UL;
        for (var index = 0; index < schema.Components.Count; index++)
        {
            var bit = 1UL << schema.Components[index].Bit;
            var place = index < ContextModel.ComponentSlots ? index : ContextModel.ComponentSlots - 1;
            var context = ContextModel.Present + ((prototype & bit) != 0 ? ContextModel.ComponentSlots : 0) + place;
            if (coder.Bit(context, (Mask & bit) != 0 ? 1 : 0) != 0)
                mask |= bit;
        }

        Mask = mask;
    }

    internal readonly void Mix(ref BlockCheck check, in QuantizedMotion motion)
    {
        check.Mix(motion);
        check.Mix(Slot, Generation, motion.AY);
        check.Mix(Type);
        check.Mix((uint)Id);
        check.Mix((uint)(Id >> 32));
        check.Mix((uint)Mask);
        check.Mix((uint)(Mask >> 32));
    }
}
