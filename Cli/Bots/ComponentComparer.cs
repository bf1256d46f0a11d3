// Compares a bot's value with the room's JSON of it: bit by bit, or within the codec's documented bounds.
using System.Buffers;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Json;
using Aetheris.World;

namespace Aetheris.Cli.Bots;

/// <summary>
/// Turns the bot's value into the same JSON; floats are equal if their float32 bits are, everything else if the text is. Motion of others
/// in codec 2 may be off by half a step of its quantisation and the rounding of a float: 1/512 m per axis on the torus, 1/32 m/s,
/// π/1024 as an angle (docs/protocol/codec2.md).
/// </summary>
internal sealed class ComponentComparer
{
    private const double PlaceBound = (1.0 / 512) + (1.0 / 32_768);
    private const double SpeedBound = (1.0 / 32) + (1.0 / 32_768);
    private const double TurnBound = (Math.PI / 1024) + (1.0 / 1_048_576);
    private const double RoomSize = 2 * EntitySpawner.RoomHalfSize;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Whether the values are the same; says how they differ if not.</summary>
    /// <param name="kind">Component kind.</param>
    /// <param name="frameForm">The bot's value.</param>
    /// <param name="isQuantized">Whether motion is quantised.</param>
    /// <param name="room">The room's value.</param>
    /// <param name="difference">How they differ, or empty.</param>
    public bool AreEqual(ushort kind, byte[] frameForm, bool isQuantized, JsonElement room, out string difference)
    {
        difference = string.Empty;
        _buffer.Clear();
        using (var json = new Utf8JsonWriter(_buffer))
        {
            var reader = new ByteReader(frameForm);
            if (!ComponentJson.Standard.TryWriteFrameForm(json, kind, ref reader, JsonNumberForm.Plain))
            {
                difference = "the bot's value has no JSON form";
                return false;
            }
        }

        using var mine = JsonDocument.Parse(_buffer.WrittenMemory);
        var within = isQuantized && kind is (ComponentKinds.Transform or ComponentKinds.Velocity)
            ? SameMotion(kind, mine.RootElement, room)
            : Same(mine.RootElement, room);
        if (within)
            return true;
        difference = "bot has " + mine.RootElement.GetRawText() + ", room has " + room.GetRawText();
        return false;
    }

    private static bool SameMotion(ushort kind, JsonElement a, JsonElement b)
    {
        if (a.ValueKind != JsonValueKind.Object || b.ValueKind != JsonValueKind.Object)
            return false;
        var count = 0;
        foreach (var property in a.EnumerateObject())
        {
            count++;
            if (!b.TryGetProperty(property.Name, out var other) || !SameMotion(kind, property.Name, property.Value, other))
                return false;
        }

        return count == b.EnumerateObject().Count();
    }

    private static bool SameMotion(ushort kind, string name, JsonElement a, JsonElement b)
    {
        if (a.ValueKind != JsonValueKind.Number || b.ValueKind != JsonValueKind.Number)
            return Same(a, b);
        var error = a.GetDouble() - b.GetDouble();
        return (kind, name) switch
        {
            (ComponentKinds.Transform, "x" or "y") => Math.Abs(Math.IEEERemainder(error, RoomSize)) <= PlaceBound,
            (ComponentKinds.Transform, "rotation") => Math.Abs(Math.IEEERemainder(error, Math.Tau)) <= TurnBound,
            (ComponentKinds.Velocity, "dx" or "dy") => Math.Abs(error) <= SpeedBound,
            _ => Same(a, b),
        };
    }

    private static bool Same(JsonElement a, JsonElement b)
    {
        if (a.ValueKind != b.ValueKind)
            return false;
        switch (a.ValueKind)
        {
            case JsonValueKind.Object:
                var count = 0;
                foreach (var property in a.EnumerateObject())
                {
                    count++;
                    if (!b.TryGetProperty(property.Name, out var other) || !Same(property.Value, other))
                        return false;
                }

                return count == b.EnumerateObject().Count();
            case JsonValueKind.Array:
                return a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray()).All(pair => Same(pair.First, pair.Second));
            case JsonValueKind.Number:
                return SameNumber(a, b);
            case JsonValueKind.String:
                return string.Equals(a.GetString(), b.GetString(), StringComparison.Ordinal);
            default:
                return true;
        }
    }

    private static bool SameNumber(JsonElement a, JsonElement b)
    {
        if (a.TryGetUInt64(out var left) && b.TryGetUInt64(out var right) && (left != 0 || right != 0))
            return left == right;
        return BitConverter.SingleToInt32Bits(a.GetSingle()) == BitConverter.SingleToInt32Bits(b.GetSingle());
    }
}
