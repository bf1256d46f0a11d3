// Where an entity was in the last ticks, so that shots can aim at what their pilot saw. Server only. Source: DESIGN §7.
using System;
using System.Runtime.InteropServices;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// The places at the end of the last <see cref="Ticks"/> ticks without a gap. Byte form: ticks u8 | at rest bool | one place, or all of
/// them by tick modulo <see cref="Ticks"/>; a place is x f32, y f32.
/// </summary>
public struct PositionTrail : IComponent<PositionTrail>
{
    /// <summary>Ticks that are kept: how far back a view may lie.</summary>
    public const int Ticks = 12;

    /// <summary>Places that are known, 0–12.</summary>
    public byte Count;

#pragma warning disable CS0169 // All twelve are reached through the span over the first.
    private TrailPlace _p0, _p1, _p2, _p3, _p4, _p5, _p6, _p7, _p8, _p9, _p10, _p11;
#pragma warning restore CS0169

    /// <summary>
    /// How many ticks ago the pilot of an input that acts now was looking: back to target − view delay, at most <see cref="Ticks"/>.
    /// An input that came late looked that much earlier.
    /// </summary>
    /// <param name="now">The current tick, not before the input's target.</param>
    /// <param name="input">The input.</param>
    public static int DelayOf(ulong now, in ShipInput input) => Math.Min((int)Math.Min(now - input.TargetTick, Ticks) + input.ViewDelay, Ticks);

    /// <summary>Adds the place at the end of a tick; ticks follow each other.</summary>
    public static void Record(ref PositionTrail trail, ulong tick, float x, float y)
    {
        Places(ref trail)[(int)(tick % Ticks)] = new TrailPlace(x, y);
        if (trail.Count < Ticks)
            trail.Count++;
    }

    /// <summary>The place at the end of an earlier tick, or the oldest known one; false when none is known.</summary>
    /// <param name="trail">The trail.</param>
    /// <param name="now">The current tick, not recorded yet.</param>
    /// <param name="delay">How many ticks ago.</param>
    /// <param name="place">The place.</param>
    public static bool TryGet(ref PositionTrail trail, ulong now, int delay, out TrailPlace place)
    {
        var ticks = Math.Min(delay, trail.Count);
        place = ticks > 0 ? Places(ref trail)[(int)((now - (ulong)ticks) % Ticks)] : default;
        return ticks > 0;
    }

    /// <inheritdoc />
    public readonly bool BitsEqual(in PositionTrail other)
    {
        PositionTrail a = this, b = other;
        return a.Count == b.Count && MemoryMarshal.AsBytes(Places(ref a)).SequenceEqual(MemoryMarshal.AsBytes(Places(ref b)));
    }

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        var copy = this;
        var places = Places(ref copy);
        var rests = IsAtRest(ref copy);
        writer.WriteByte(Count);
        writer.WriteBoolean(rests);
        for (var i = 0; i < (rests ? 1 : Ticks); i++)
        {
            writer.WriteSingle(places[i].X);
            writer.WriteSingle(places[i].Y);
        }
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        if (!(reader.TryReadByte(out Count) && Count <= Ticks && reader.TryReadBoolean(out var rests)))
            return false;
        var places = Places(ref this);
        for (var i = 0; i < (rests ? 1 : Ticks); i++)
        {
            if (!(reader.TryReadSingle(out var x) && reader.TryReadSingle(out var y)))
                return false;
            places[i] = new TrailPlace(x, y);
        }

        if (rests)
            places.Slice(1).Fill(places[0]);
        return rests || !IsAtRest(ref this);
    }

    private static Span<TrailPlace> Places(ref PositionTrail trail) => MemoryMarshal.CreateSpan(ref trail._p0, Ticks);

    private static bool IsAtRest(ref PositionTrail trail)
    {
        var bytes = MemoryMarshal.AsBytes(Places(ref trail));
        var place = bytes.Length / Ticks;
        return bytes.Slice(place).SequenceEqual(bytes.Slice(0, bytes.Length - place));
    }
}
