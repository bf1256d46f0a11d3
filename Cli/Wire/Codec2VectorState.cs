// Cells, component values and heads of codec-2 vectors.
using System.Globalization;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Cli.Wire;

/// <summary>What a vector says besides motion: compared with what was decoded, and given to the encoder.</summary>
internal sealed class Codec2VectorState : ISlowState
{
    private readonly List<Entry> _entries = [];

    /// <summary>Reads the entries of a vector.</summary>
    public static Codec2VectorState Read(JsonElement json)
    {
        var state = new Codec2VectorState();
        foreach (var entry in json.EnumerateArray())
        {
            var kind = Enum.Parse<DecodedSlowKind>(entry.GetProperty("kind").GetString()!, ignoreCase: true);
            var isEntity = kind is DecodedSlowKind.Entered or DecodedSlowKind.Moved or DecodedSlowKind.Despawned;
            state._entries.Add(new Entry(
                kind,
                entry.GetProperty("slot").GetUInt16(),
                isEntity ? entry.GetProperty("generation").GetByte() : (byte)0,
                kind == DecodedSlowKind.Entered ? ReadNumber(entry, "id") : 0,
                kind == DecodedSlowKind.Entered ? ReadNumber(entry, "mask") : 0,
                isEntity ? 0 : entry.GetProperty("bit").GetInt32(),
                kind == DecodedSlowKind.Value ? Convert.FromHexString(entry.GetProperty("hex").GetString()!) : []));
        }

        return state;
    }

    /// <summary>Writes the entries of a decoded block.</summary>
    public static void Write(Utf8JsonWriter json, DecodedSlow slow)
    {
        json.WriteStartArray("slow");
        foreach (var entry in slow.Entries)
        {
            json.WriteStartObject();
            json.WriteString("kind", entry.Kind.ToString().ToLowerInvariant());
            json.WriteNumber("slot", entry.Slot);
            if (entry.Kind is DecodedSlowKind.Value or DecodedSlowKind.Removed)
                json.WriteNumber("bit", entry.Bit);
            else
                json.WriteNumber("generation", entry.Generation);
            if (entry.Kind == DecodedSlowKind.Value)
                json.WriteString("hex", Convert.ToHexStringLower(slow.BytesOf(entry)));
            if (entry.Kind == DecodedSlowKind.Entered)
            {
                json.WriteString("id", entry.Id.ToString(CultureInfo.InvariantCulture));
                json.WriteString("mask", entry.Mask.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads a cell; null when the vector has none of that name.</summary>
    public static CellSnapshot? ReadCell(JsonElement vector, string name)
    {
        if (!vector.TryGetProperty(name, out var json) || json.ValueKind == JsonValueKind.Null)
            return null;
        var cell = new CellSnapshot();
        cell.Clear(json.GetProperty("tick").GetUInt64());
        foreach (var member in json.GetProperty("members").EnumerateArray())
        {
            var motion = new QuantizedMotion
            {
                X = member[3].GetInt32(),
                Y = member[4].GetInt32(),
                VX = member[5].GetInt16(),
                VY = member[6].GetInt16(),
                R = member[7].GetUInt16(),
                AX = member[8].GetSByte(),
                AY = member[9].GetSByte(),
                Analogue = member[10].GetInt32() != 0,
                ThrustAge = member[11].GetByte(),
            };
            if (!cell.TryAdd(member[0].GetUInt16(), member[1].GetByte(), member[2].GetUInt16(), motion))
                throw new JsonException("members are at most " + Codec2Limits.MaxMembers + ", by ascending slot");
        }

        return cell;
    }

    /// <summary>Writes a cell.</summary>
    public static void WriteCell(Utf8JsonWriter json, string name, CellSnapshot cell)
    {
        json.WriteStartObject(name);
        json.WriteNumber("tick", cell.Tick);
        json.WriteStartArray("members");
        for (var i = 0; i < cell.Count; i++)
        {
            var m = cell.Motions[i];
            json.WriteRawValue(FormattableString.Invariant(
                $"[{cell.Slots[i]},{cell.Generations[i]},{cell.Types[i]},{m.X},{m.Y},{m.VX},{m.VY},{m.R},{m.AX},{m.AY},{(m.Analogue ? 1 : 0)},{m.ThrustAge}]"));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the fields of a head.</summary>
    public static StateDatagram ReadHead(JsonElement json) => new()
    {
        Stream = json.GetProperty("stream").GetByte(),
        Seq = json.GetProperty("seq").GetUInt16(),
        Tick = json.GetProperty("tick").GetUInt64(),
        Check = json.GetProperty("check").GetUInt16(),
        HasMore = json.GetProperty("has_more").GetBoolean(),
        HasStatus = json.GetProperty("has_status").GetBoolean(),
        AppliedTick = json.GetProperty("applied_tick").GetUInt64(),
        AppliedCount = json.GetProperty("applied_count").GetUInt32(),
        Margin = json.GetProperty("margin").GetInt16(),
        ReceivedSequence = json.GetProperty("received_sequence").GetUInt32(),
        ReceivedHistory = json.GetProperty("received_history").GetUInt32(),
        HasChain = json.GetProperty("has_chain").GetBoolean(),
        Chain = json.GetProperty("chain").GetUInt32(),
        HasOwnState = json.GetProperty("has_own_state").GetBoolean(),
        X = json.GetProperty("x").GetSingle(),
        Y = json.GetProperty("y").GetSingle(),
        VX = json.GetProperty("vx").GetSingle(),
        VY = json.GetProperty("vy").GetSingle(),
        Rotation = json.GetProperty("rotation").GetSingle(),
    };

    /// <summary>Reads a 64-bit number, which JSON carries as text.</summary>
    public static ulong ReadNumber(JsonElement json, string name) => ulong.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    /// <summary>What differs from the decoded entries, or null.</summary>
    public string? Differs(DecodedSlow slow)
    {
        if (slow.Count != _entries.Count)
            return $"{slow.Count} entries instead of {_entries.Count}";
        for (var i = 0; i < _entries.Count; i++)
        {
            var got = slow.Entries[i];
            var entry = _entries[i];
            var isEntity = got.Kind is DecodedSlowKind.Entered or DecodedSlowKind.Moved or DecodedSlowKind.Despawned;
            if (got.Kind != entry.Kind || got.Slot != entry.Slot || (isEntity && got.Generation != entry.Generation)
                || got.Id != entry.Id || got.Mask != entry.Mask || got.Bit != entry.Bit || !slow.BytesOf(got).SequenceEqual(entry.Value))
            {
                return "entry " + i.ToString(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    ulong ISlowState.ChangedSince(int slot, ulong tick) => Bits(slot, values: true, removed: true);

    ulong ISlowState.MaskOf(int slot)
    {
        foreach (var entry in _entries)
        {
            if (entry.Kind == DecodedSlowKind.Entered && entry.Slot == slot)
                return entry.Mask;
        }

        return Bits(slot, values: true, removed: false);
    }

    void ISlowState.Write(int slot, int bit, ByteWriter writer)
    {
        foreach (var entry in _entries)
        {
            if (entry.Kind == DecodedSlowKind.Value && entry.Slot == slot && entry.Bit == bit)
                writer.WriteBytes(entry.Value);
        }
    }

    ulong ISlowState.IdOf(int slot)
    {
        foreach (var entry in _entries)
        {
            if (entry.Kind == DecodedSlowKind.Entered && entry.Slot == slot)
                return entry.Id;
        }

        return 0;
    }

    bool ISlowState.IsAlive(int slot, byte generation)
    {
        foreach (var entry in _entries)
        {
            if (entry.Kind == DecodedSlowKind.Despawned && entry.Slot == slot && entry.Generation == generation)
                return false;
        }

        return true;
    }

    private ulong Bits(int slot, bool values, bool removed)
    {
        var mask = 0UL;
        foreach (var entry in _entries)
        {
            if (entry.Slot == slot && ((values && entry.Kind == DecodedSlowKind.Value) || (removed && entry.Kind == DecodedSlowKind.Removed)))
                mask |= 1UL << entry.Bit;
        }

        return mask;
    }

    private sealed record Entry(DecodedSlowKind Kind, ushort Slot, byte Generation, ulong Id, ulong Mask, int Bit, byte[] Value);
}
