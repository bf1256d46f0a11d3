// The records of a block, in one text for both directions.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>Motion records, absolute records and component values. Holds the contexts and scratch of one encoder or decoder.</summary>
internal sealed class BlockCoding
{
    private const int SameThrust = 0;
    private const int NewThrust = 1;
    private const int AnalogueThrust = 2;
    private const int MaxAge = 14;
    private const int FullTolerance = 3;
    private const int FarOff = 8;

    private readonly byte[] _expected = new byte[Codec2Limits.MaxValue];
    private readonly int[] _gains = new int[6];
    private readonly int[] _starts = new int[64];
    private Codec2Schema _schema = null!;
    private bool _slowStarted;
    private ulong _coded;
    private int _n;
    private int _m;

    internal ushort[] Contexts { get; } = new ushort[ContextModel.Count];

    internal int ValueBytes { get; private set; }

    /// <summary>Whether the block is coded against a base.</summary>
    internal bool HasBase => _n != 0;

    /// <summary>Begins a block.</summary>
    /// <param name="schema">The room.</param>
    /// <param name="n">Ticks since the base; 0 = absolute.</param>
    /// <param name="m">Ticks between the bases; 0 = no second one.</param>
    internal void Start(Codec2Schema schema, int n, int m)
    {
        _schema = schema;
        _n = n;
        _m = m;
        ValueBytes = 0;
        _slowStarted = false;
        if (n == 0)
            return;
        StartTables.CopyMotion(ContextModel.AgeClass(n), Contexts);
        for (var row = 0; row < _gains.Length; row++)
            _gains[row] = MotionGains.Of(row, n, schema.TickRate);
    }

    /// <summary>The record of a member that stays.</summary>
    /// <param name="coder">The coder.</param>
    /// <param name="type">Its type.</param>
    /// <param name="b">Its state at the base.</param>
    /// <param name="second">Its state at the second base.</param>
    /// <param name="hasSecond">Whether there is one.</param>
    /// <param name="now">Its state now: read when encoding, written when decoding.</param>
    internal void Motion<TCoder>(
        ref TCoder coder, ushort type, in QuantizedMotion b, in QuantizedMotion second, bool hasSecond, ref QuantizedMotion now)
        where TCoder : struct, IBitCoder
    {
        if (b.AtRest)
        {
            if (coder.Bit(ContextModel.Differs, coder.IsEncoding && !now.SameAs(b) ? 1 : 0) == 0)
            {
                now = b;
                return;
            }
        }

        var table = _schema.TableOf(type);
        long thrustX = (long)b.AX << 8, thrustY = (long)b.AY << 8;
        var kind = SameThrust;
        if (b.Analogue)
        {
            kind = AnalogueThrust;
            TwoStates(table, b, second, hasSecond, out thrustX, out thrustY);
        }

        var likely = new MotionPrediction(table, b, _n, thrustX, thrustY);
        if (!b.AtRest)
        {
            var predicted = b;
            Complete(table, likely, ref predicted);
            var context = ContextModel.Differs + (b.Analogue ? 2 : 1);
            if (coder.Bit(context, coder.IsEncoding && !now.SameAs(predicted) ? 1 : 0) == 0)
            {
                now = predicted;
                return;
            }
        }

        int from = b.R << 6, turns = _n;
        var age = Mode(ref coder, b, ref now, ref kind);
        if (age > 0)
        {
            Thrust(ref coder, table, b, ref now);
            if (age < _n)
            {
                // The bend is recent: until then the ship turned as if there were none.
                new MotionPrediction(table, b, _n - age, thrustX, thrustY).Speed(out var vx, out var vy);
                from = MotionPrediction.Rotation(table, from, vx, vy, _n - age, out _);
                turns = age;
            }

            likely = new MotionPrediction(table, b, _n, thrustX, thrustY, age, (long)now.AX << 8, (long)now.AY << 8);
        }
        else if (kind == AnalogueThrust && !b.Analogue)
        {
            TwoStates(table, b, second, hasSecond, out thrustX, out thrustY);
            likely = new MotionPrediction(table, b, _n, thrustX, thrustY);
        }

        Residuals(ref coder, table, likely, kind, b, from, turns, ref now);
    }

    /// <summary>The record of a member that came, but for its slot and component values: everything anew.</summary>
    internal void Absolute<TCoder>(ref TCoder coder, ref QuantizedMotion now)
        where TCoder : struct, IBitCoder
    {
        StartSlow();
        now.X = Math.Min((int)coder.Raw(_schema.BitsX, (uint)now.X), _schema.SizeX - 1);
        now.Y = Math.Min((int)coder.Raw(_schema.BitsY, (uint)now.Y), _schema.SizeY - 1);
        now.VX = (short)Numbers.Signed(ref coder, ContextModel.AbsoluteSpeedX, 15, 0, now.VX);
        now.VY = (short)Numbers.Signed(ref coder, ContextModel.AbsoluteSpeedY, 15, 0, now.VY);
        now.R = (ushort)coder.Raw(10, now.R);
        now.Analogue = coder.Bit(ContextModel.AbsoluteAnalogue, now.Analogue ? 1 : 0) != 0;
        if (now.Analogue)
        {
            now.AX = 0;
            now.AY = 0;
            return;
        }

        now.AX = (sbyte)Numbers.Signed(ref coder, ContextModel.AbsoluteThrustX, 7, 0, now.AX);
        now.AY = (sbyte)Numbers.Signed(ref coder, ContextModel.AbsoluteThrustY, 7, 0, now.AY);
    }

    /// <summary>Begins the component values of one entity.</summary>
    internal void StartRecord()
    {
        StartSlow();
        _coded = 0;
    }

    /// <summary>A component's value: read from the end of the writer when encoding, appended when decoding.</summary>
    /// <param name="coder">The coder.</param>
    /// <param name="index">The component's place in the schema.</param>
    /// <param name="type">The entity's type.</param>
    /// <param name="isNew">Whether the entity came, so that its prototype is likely.</param>
    /// <param name="bytes">The values of a record, one behind the other.</param>
    /// <param name="start">Where this one starts.</param>
    /// <returns>False when more bytes would come out than a block may hold.</returns>
    internal bool TryValue<TCoder>(ref TCoder coder, int index, ushort type, bool isNew, ByteWriter bytes, int start)
        where TCoder : struct, IBitCoder
    {
        var component = _schema.Components[index];
        var place = Math.Min(index, ContextModel.ComponentSlots - 1);
        var expectedLength = Expect(component, type, bytes);
        _coded |= 1UL << component.Bit;
        _starts[component.Bit] = start;
        var length = coder.IsEncoding ? bytes.Length - start : 0;
        if (length > Codec2Limits.MaxValue || (component.Size >= 0 && coder.IsEncoding && length != component.Size))
            throw new InvalidOperationException("component bit " + component.Bit.ToString(System.Globalization.CultureInfo.InvariantCulture) + " has another size than its schema says");
        var context = ContextModel.AsExpected + (isNew ? 0 : ContextModel.ComponentSlots) + place;
        var same = coder.IsEncoding && bytes.Written[start..].SequenceEqual(_expected.AsSpan(0, expectedLength));
        if (coder.Bit(context, same ? 1 : 0) != 0)
        {
            if (!coder.IsEncoding)
                bytes.WriteBytes(_expected.AsSpan(0, expectedLength));
            ValueBytes += expectedLength;
            return ValueBytes <= Codec2Limits.MaxValueBytes;
        }

        if (component.Size >= 0)
            length = component.Size;
        else if (coder.Bit(ContextModel.LengthAsExpected, length == expectedLength ? 1 : 0) != 0)
            length = expectedLength;
        else
            length = (int)coder.Raw(11, (uint)length);
        ValueBytes += length;
        if (length > Codec2Limits.MaxValue || ValueBytes > Codec2Limits.MaxValueBytes)
            return false;
        for (var i = 0; i < length; i++)
            Byte(ref coder, place, i, i < expectedLength ? _expected[i] : (byte)0, bytes, start);
        return true;
    }

    private static void Byte<TCoder>(ref TCoder coder, int place, int index, byte expected, ByteWriter bytes, int start)
        where TCoder : struct, IBitCoder
    {
        var value = coder.IsEncoding ? bytes.Written[start + index] : (byte)0;
        var context = ContextModel.ByteAsExpected + (place * ContextModel.BytePlaces) + Math.Min(index, ContextModel.BytePlaces - 1);
        if (coder.Bit(context, value == expected ? 1 : 0) != 0)
        {
            value = expected;
        }
        else
        {
            var node = 1;
            for (var i = 7; i >= 0; i--)
                node = (node << 1) | coder.Bit(ContextModel.ByteTree + node, (value >> i) & 1);
            value = (byte)node;
        }

        if (!coder.IsEncoding)
            bytes.WriteByte(value);
    }

    private static int Age<TCoder>(ref TCoder coder, int contexts, int most, int age)
        where TCoder : struct, IBitCoder
    {
        var result = 1;
        while (result < most && coder.Bit(contexts + result - 1, age > result ? 1 : 0) != 0)
            result++;
        return result;
    }

    /// <summary>A new thrust: none, full (the smaller part says what the larger one is), or any.</summary>
    private static void Thrust<TCoder>(ref TCoder coder, MotionTable table, in QuantizedMotion b, ref QuantizedMotion now)
        where TCoder : struct, IBitCoder
    {
        if (coder.Bit(ContextModel.NoThrust + ((b.AX | b.AY) == 0 ? 1 : 0), (now.AX | now.AY) == 0 ? 1 : 0) != 0)
        {
            now.AX = 0;
            now.AY = 0;
            return;
        }

        int x = now.AX, y = now.AY;
        var alongY = Math.Abs(y) > Math.Abs(x);
        int smaller = alongY ? x : y, larger = alongY ? y : x;
        var full = coder.IsEncoding && Math.Abs(Math.Abs(larger) - Larger(table, smaller)) <= FullTolerance;
        if (coder.Bit(ContextModel.FullThrust, full ? 1 : 0) == 0)
        {
            now.AX = (sbyte)Numbers.Signed(ref coder, ContextModel.ThrustX, 7, 0, x);
            var context = ContextModel.ThrustY + (now.AX == 0 ? 0 : ContextModel.NumberSize);
            now.AY = (sbyte)Numbers.Signed(ref coder, context, 7, 0, y);
            return;
        }

        alongY = coder.Bit(ContextModel.FullAxis, alongY ? 1 : 0) != 0;
        var negative = coder.Raw(1, larger < 0 ? 1u : 0) != 0;
        if (coder.Bit(ContextModel.FullSmallerZero, smaller == 0 ? 1 : 0) != 0)
        {
            smaller = 0;
        }
        else
        {
            var smallerNegative = coder.Raw(1, smaller < 0 ? 1u : 0) != 0;
            var node = 1;
            for (var i = 6; i >= 0; i--)
                node = (node << 1) | coder.Bit(ContextModel.FullSmaller + node, (Math.Abs(smaller) >> i) & 1);
            smaller = smallerNegative ? -(node & 127) : node & 127;
        }

        var rest = Numbers.Signed(ref coder, ContextModel.FullRest, 2, 0, Math.Abs(larger) - Larger(table, smaller));
        larger = Math.Min(127, Math.Abs(Larger(table, smaller) + rest));
        larger = negative ? -larger : larger;
        now.AX = (sbyte)(alongY ? smaller : larger);
        now.AY = (sbyte)(alongY ? larger : smaller);
    }

    /// <summary>The larger part of a full thrust: √(A² − smaller²), rounded down.</summary>
    private static int Larger(MotionTable table, int smaller)
    {
        var most = table.MaxThrust >> 8;
        return (int)Math.Sqrt(Math.Max(0, (most * most) - (smaller * smaller)));
    }

    private static ushort Turn(int rotation) => (ushort)(((rotation + 32) >> 6) & 1023);

    private static int Hint(int value) => value == 0 ? 0 : value > 0 ? 1 : 2;

    /// <summary>Sets the contexts of everything but motion to their start, once per block.</summary>
    internal void StartSlow()
    {
        if (_slowStarted)
            return;
        _slowStarted = true;
        StartTables.CopySlow(Contexts);
    }

    private void TwoStates(MotionTable table, in QuantizedMotion b, in QuantizedMotion second, bool hasSecond, out long x, out long y)
    {
        x = 0;
        y = 0;
        if (!hasSecond)
            return;
        x = MotionPrediction.Thrust(table, second.VX, b.VX, _m);
        y = MotionPrediction.Thrust(table, second.VY, b.VY, _m);
    }

    /// <summary>The state if nothing is to be corrected.</summary>
    private void Complete(MotionTable table, in MotionPrediction likely, ref QuantizedMotion motion)
    {
        motion.X = Wrap(motion.X + likely.WayX, _schema.SizeX);
        motion.Y = Wrap(motion.Y + likely.WayY, _schema.SizeY);
        motion.VX = (short)likely.SpeedX(0, 0);
        motion.VY = (short)likely.SpeedY(0, 0);
        motion.R = Turn(MotionPrediction.Rotation(table, motion.R << 6, motion.VX, motion.VY, _n, out _));
    }

    /// <summary>How the thrust went on; returns for how many ticks it has been new, or 0.</summary>
    private int Mode<TCoder>(ref TCoder coder, in QuantizedMotion b, ref QuantizedMotion now, ref int kind)
        where TCoder : struct, IBitCoder
    {
        var most = Math.Min(_n, MaxAge);
        if (b.Analogue)
        {
            if (coder.Bit(ContextModel.NoLongerAnalogue, now.Analogue ? 0 : 1) == 0)
            {
                now.Analogue = true;
                now.AX = 0;
                now.AY = 0;
                return 0;
            }
        }
        else
        {
            var changed = now.Analogue || now.AX != b.AX || now.AY != b.AY;
            if (coder.Bit(ContextModel.Changed, changed ? 1 : 0) == 0)
            {
                now.Analogue = false;
                now.AX = b.AX;
                now.AY = b.AY;
                return 0;
            }

            if (coder.Bit(ContextModel.NowAnalogue, now.Analogue ? 1 : 0) != 0)
            {
                kind = AnalogueThrust;
                now.Analogue = true;
                now.AX = 0;
                now.AY = 0;
                return 0;
            }
        }

        kind = NewThrust;
        now.Analogue = false;
        return Age(ref coder, ContextModel.Age + (b.Analogue ? ContextModel.Ages : 0), most, now.ThrustAge);
    }

    private void Residuals<TCoder>(
        ref TCoder coder, MotionTable table, in MotionPrediction likely, int kind, in QuantizedMotion b, int from, int turns, ref QuantizedMotion now)
        where TCoder : struct, IBitCoder
    {
        var x = Wrap(b.X + likely.WayX, _schema.SizeX);
        var y = Wrap(b.Y + likely.WayY, _schema.SizeY);
        var dx = Numbers.Signed(ref coder, ContextModel.PlaceX + (kind * ContextModel.NumberSize), 20, 0, Nearest(now.X - x, _schema.SizeX));
        var count = dx == 0 ? 0 : 1;
        var dy = Numbers.Signed(
            ref coder, ContextModel.PlaceY + (((kind * 2) + count) * ContextModel.NumberSize), 20, 0, Nearest(now.Y - y, _schema.SizeY));
        count += dy == 0 ? 0 : 1;
        var vx = likely.SpeedX(dx, Gain(kind, dx));
        var vy = likely.SpeedY(dy, Gain(kind, dy));
        var dvx = Numbers.Signed(
            ref coder, ContextModel.SpeedX + (((kind * 3) + count) * ContextModel.NumberSize), 17, Hint(dx), now.VX - vx);
        var dvy = Numbers.Signed(
            ref coder, ContextModel.SpeedY + (((kind * 3) + Math.Min(2, count + (dvx == 0 ? 0 : 1))) * ContextModel.NumberSize), 17, Hint(dy), now.VY - vy);
        now.X = Wrap(x + dx, _schema.SizeX);
        now.Y = Wrap(y + dy, _schema.SizeY);
        now.VX = unchecked((short)(vx + dvx));
        now.VY = unchecked((short)(vy + dvy));
        var rotation = (int)Turn(MotionPrediction.Rotation(table, from, now.VX, now.VY, turns, out var isTurning));
        var context = ContextModel.Turn + (((((kind * 2) + (count == 0 ? 0 : 1)) * 2) + (isTurning ? 1 : 0)) * ContextModel.NumberSize);
        var dr = Numbers.Signed(ref coder, context, 10, 0, ((now.R - rotation + 512) & 1023) - 512);
        now.R = (ushort)((rotation + dr) & 1023);
    }

    /// <summary>A way that is far off says more about the velocity than one that is off by rounding.</summary>
    private int Gain(int kind, int error) => _gains[(kind * 2) + (error is > -FarOff and < FarOff ? 0 : 1)];

    /// <summary>What a value should be: its prototype, and what an earlier value of the record says.</summary>
    private int Expect(Codec2Component component, ushort type, ByteWriter bytes)
    {
        var prototype = _schema.PrototypeOf(type, component.Bit);
        var length = component.Size >= 0 ? component.Size : prototype.Length;
        _expected.AsSpan(0, length).Clear();
        prototype[..Math.Min(prototype.Length, length)].CopyTo(_expected);
        for (var i = 0; i < _schema.Links.Count; i++)
        {
            var link = _schema.Links[i];
            if (link.Bit == component.Bit && (_coded & (1UL << link.SourceBit)) != 0)
                bytes.Written.Slice(_starts[link.SourceBit] + link.SourceOffset, link.Length).CopyTo(_expected.AsSpan(link.Offset));
        }

        return length;
    }

    private static int Wrap(int value, int size)
    {
        if ((uint)value < (uint)size)
            return value;
        value %= size;
        return value < 0 ? value + size : value;
    }

    /// <summary>The shorter way round.</summary>
    private static int Nearest(int delta, int size)
    {
        if (delta > size / 2)
            return delta - size;
        return delta < -(size / 2) ? delta + size : delta;
    }
}
