// Makes tests/vectors/codec2: blocks of real flights and of random rooms, heads, and what must be refused.
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aetheris.Cli.Wire;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Json;
using Aetheris.Protocol.Tests.Codec2;

namespace Aetheris.Codec2.Bits;

/// <summary>Writes two files: one with the schema of the standard world, one with a schema of corners.</summary>
internal static class VectorMaker
{
    private const int Ships = 12;
    private static readonly int[] Ages = [1, 2, 4, 8, 14, 30, 60];

    internal static void Run(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, "standard.json"), new Flight(FlightStyle.Walk, Ships, 3).Schema, Flights, Heads);
        Write(Path.Combine(folder, "corners.json"), RandomRoom.Schema, Corners, _ => { });
    }

    private static void Write(string file, Codec2Schema schema, Action<Utf8JsonWriter> blocks, Action<Utf8JsonWriter> datagrams)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WritePropertyName("schema");
        Codec2SchemaJson.Write(json, schema);
        json.WriteStartArray("blocks");
        blocks(json);
        json.WriteEndArray();
        json.WriteStartArray("datagrams");
        datagrams(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Flights(Utf8JsonWriter json)
    {
        foreach (var style in Enum.GetValues<FlightStyle>())
        {
            var flight = new Flight(style, Ships, 3);
            foreach (var age in Ages)
            {
                for (var tick = 0; tick < 11; tick++)
                    flight.Tick();
                var gap = age == 14 ? 0 : age == 60 ? 3 : 2;
                Block(
                    json,
                    string.Create(CultureInfo.InvariantCulture, $"{style} at age {age}, gap {gap}"),
                    flight.Schema,
                    flight.Cell(0, 0),
                    flight.Cell(0, age),
                    gap == 0 ? null : flight.Cell(0, age + gap),
                    flight,
                    broken: style == FlightStyle.Walk);
            }

            Block(json, style + " absolute", flight.Schema, flight.Cell(0, 0), null, null, flight, broken: style == FlightStyle.Bots);
        }
    }

    private static void Corners(Utf8JsonWriter json)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var room = new RandomRoom(seed);
            CellSnapshot now = new(), b = new(), b2 = new();
            room.Fill(b2);
            for (var tick = 0; tick < 1 + (seed % 3); tick++)
                room.Next();
            room.Fill(b);
            for (var tick = 0; tick < 1 + (seed * 4); tick++)
                room.Next();
            room.Fill(now);
            Block(json, "corners " + seed, RandomRoom.Schema, now, b, seed % 4 == 0 ? null : b2, room, broken: seed < 3);
        }

        var empty = new CellSnapshot { Tick = 10 };
        Block(json, "nobody, absolute", RandomRoom.Schema, empty, null, null, new RandomRoom(0), broken: false);
        Block(json, "nobody came to nobody", RandomRoom.Schema, new CellSnapshot { Tick = 11 }, empty, null, new RandomRoom(0), broken: false);
    }

    private static void Block(
        Utf8JsonWriter json, string name, Codec2Schema schema, CellSnapshot now, CellSnapshot? b, CellSnapshot? b2, ISlowState slow, bool broken)
    {
        var bytes = new ByteWriter();
        var check = new BlockEncoder().Encode(schema, now, b, b2, slow, bytes);
        if (bytes.Length > Codec2Limits.MaxBlock)
            return;
        var into = new CellSnapshot();
        var decoded = new DecodedSlow();
        if (!new BlockDecoder().TryDecode(schema, bytes.Written, b, b2, now.Tick, into, decoded, out var got) || got != check || !into.SameAs(now))
            throw new InvalidOperationException("a block did not come back");
        Block(json, name, now, b, b2, bytes.Written, check, decoded);
        if (!broken || bytes.Length < 4)
            return;
        var flipped = bytes.Written.ToArray();
        flipped[1] ^= 0x10;
        Block(json, name + ", one bit turned", now, b, b2, flipped, check, null);
        Block(json, name + ", cut in half", now, b, b2, bytes.Written[..(bytes.Length / 2)], check, null);
        Block(json, name + ", another check", now, b, b2, bytes.Written, (ushort)(check ^ 1), null);
    }

    private static void Block(
        Utf8JsonWriter json, string name, CellSnapshot now, CellSnapshot? b, CellSnapshot? b2, ReadOnlySpan<byte> bytes, ushort check, DecodedSlow? decoded)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("expect", decoded is null ? "reject" : "accept");
        json.WriteNumber("tick", now.Tick);
        if (b is not null)
            Codec2VectorState.WriteCell(json, "base", b);
        if (b2 is not null)
            Codec2VectorState.WriteCell(json, "base2", b2);
        json.WriteString("hex", Convert.ToHexStringLower(bytes));
        json.WriteNumber("check", check);
        if (decoded is not null)
        {
            Codec2VectorState.WriteCell(json, "now", now);
            Codec2VectorState.Write(json, decoded);
        }

        json.WriteEndObject();
    }

    private static void Heads(Utf8JsonWriter json)
    {
        var plain = new StateDatagram { Stream = 3, Seq = 65535, Tick = 70000, Check = 4711, ReceivedHistory = uint.MaxValue };
        var status = plain with
        {
            HasMore = true,
            HasStatus = true,
            AppliedTick = 69999,
            AppliedCount = 131073,
            Margin = -7,
            ReceivedSequence = 131075,
        };
        Head(json, "no own fields, three blocks", plain, [], (5, 4, 2, 3), (300, 0, 0, 0), (65535, 63, 9, 1));
        Head(json, "own status", status, [], (1, 30, 7, 2));
        Head(json, "own status long ago and far ahead", status with { AppliedTick = 7, ReceivedSequence = 140000, ReceivedHistory = 0xFFFF0FFF }, [1, 256]);
        Head(json, "everything", status with { HasChain = true, Chain = 0xDEADBEEF, HasOwnState = true, X = 1.5f, Y = -249.75f, VX = 0.1f, VY = -50, Rotation = 3.1415927f }, [9]);
        foreach (var (name, hex) in new[]
        {
            ("cut in the status", "02010300007011671201"),
            ("a flag of the future", "0240030000701167120505020100000000"),
            ("received history without a status", "02100300007011671200000000"),
            ("an age of 64", "020003ffff7011671205" + "1f4000" + "00"),
            ("a long varint", "020003ffff70116712858000" + "0100"),
            ("a second base without a first", "020003ffff7011671205" + "40" + "00"),
            ("an escape that was not needed", "020003ffff7011671205" + "1f0402" + "00"),
            ("a block that ends before its length", "020003ffff7011671205" + "04" + "03aabb"),
            ("no leaves after the flag for them", "020803ffff7011671200"),
        })
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("expect", "reject");
            json.WriteNumber("newest_tick", 70001);
            json.WriteNumber("expected_count", 131000);
            json.WriteString("hex", hex);
            json.WriteEndObject();
        }
    }

    private static void Head(Utf8JsonWriter json, string name, in StateDatagram head, ushort[] leaves, params (int Cell, int Age, int Gap, int Length)[] blocks)
    {
        var writer = new ByteWriter();
        StateDatagram.Write(writer, head, leaves);
        foreach (var block in blocks)
        {
            new BlockHead { Cell = (ushort)block.Cell, Age = block.Age, Gap = block.Gap, Length = block.Length }.Write(writer);
            writer.WriteBytes(new byte[block.Length]);
        }

        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("expect", "accept");
        json.WriteNumber("newest_tick", 70001);
        json.WriteNumber("expected_count", 131000);
        json.WriteString("hex", Convert.ToHexStringLower(writer.Written));
        json.WriteStartObject("head");
        json.WriteNumber("stream", head.Stream);
        json.WriteNumber("seq", head.Seq);
        json.WriteNumber("tick", head.Tick);
        json.WriteNumber("check", head.Check);
        json.WriteBoolean("has_more", head.HasMore);
        json.WriteBoolean("has_status", head.HasStatus);
        json.WriteNumber("applied_tick", head.AppliedTick);
        json.WriteNumber("applied_count", head.AppliedCount);
        json.WriteNumber("margin", head.Margin);
        json.WriteNumber("received_sequence", head.ReceivedSequence);
        json.WriteNumber("received_history", head.ReceivedHistory);
        json.WriteBoolean("has_chain", head.HasChain);
        json.WriteNumber("chain", head.Chain);
        json.WriteBoolean("has_own_state", head.HasOwnState);
        json.WriteNumber("x", head.X);
        json.WriteNumber("y", head.Y);
        json.WriteNumber("vx", head.VX);
        json.WriteNumber("vy", head.VY);
        json.WriteNumber("rotation", head.Rotation);
        json.WriteEndObject();
        json.WriteStartArray("leaves");
        foreach (var leave in leaves)
            json.WriteNumberValue(leave);
        json.WriteEndArray();
        json.WriteStartArray("blocks");
        foreach (var block in blocks)
            json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{block.Cell} {block.Age} {block.Gap} {block.Length}"));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
