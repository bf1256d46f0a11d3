// Compares a bot's value with the room's JSON of it, bit by bit.
using System.Buffers;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Json;

namespace Aetheris.Cli.Bots;

/// <summary>Turns the bot's value into the same JSON; floats are equal if their float32 bits are, everything else if the text is.</summary>
internal sealed class ComponentComparer
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Whether the values are the same; says how they differ if not.</summary>
    public bool AreEqual(ushort kind, byte[] frameForm, JsonElement room, out string difference)
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
        if (Same(mine.RootElement, room))
            return true;
        difference = "bot has " + mine.RootElement.GetRawText() + ", room has " + room.GetRawText();
        return false;
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
