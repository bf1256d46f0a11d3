// Values that JSON has no exact form for: float32 and bytes.
using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Aetheris.Protocol.Json;

/// <summary>Exact forms are objects ({"f32": bits as hex}, {"hex": digits}), plain ones a number or a text; both are read.</summary>
public static class JsonScalars
{
    /// <summary>Reads hex digits of either case; false for anything else.</summary>
    public static bool TryParseHex(ReadOnlySpan<char> hex, out byte[] bytes)
    {
        bytes = new byte[hex.Length / 2];
        return hex.Length % 2 == 0
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>Writes bytes as hex digits.</summary>
    internal static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, JsonNumberForm form)
    {
        var hex = Convert.ToHexStringLower(bytes);
        if (form == JsonNumberForm.Plain)
        {
            json.WriteStringValue(hex);
            return;
        }

        json.WriteStartObject();
        json.WriteString("hex", hex);
        json.WriteEndObject();
    }

    /// <summary>Reads bytes in either form.</summary>
    internal static bool TryReadBytes(JsonElement json, out byte[] bytes)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("hex", out var inner))
            json = inner;
        bytes = [];
        return json.ValueKind == JsonValueKind.String && TryParseHex(json.GetString()!, out bytes);
    }

    /// <summary>Writes a float32; plain, one that is not finite is a text.</summary>
    internal static void WriteSingle(Utf8JsonWriter json, float value, JsonNumberForm form)
    {
        if (form == JsonNumberForm.Exact)
        {
            json.WriteStartObject();
            json.WriteString("f32", BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
        else if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads a float32 in any of its forms.</summary>
    internal static bool TryReadSingle(JsonElement json, out float value)
    {
        value = 0f;
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                if (!(json.TryGetProperty("f32", out var bits) && bits.ValueKind == JsonValueKind.String
                    && TryParseHex(bits.GetString(), out var bytes) && bytes.Length == 4))
                {
                    return false;
                }

                value = BinaryPrimitives.ReadSingleBigEndian(bytes);
                return true;
            case JsonValueKind.Number:
                return json.TryGetSingle(out value);
            case JsonValueKind.String:
                return float.TryParse(json.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !float.IsFinite(value);
            default:
                return false;
        }
    }
}
