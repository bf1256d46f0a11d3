// Runs vector files of codec 2 through the codec in both directions. Schema: tests/vectors/codec2/README.md.
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Cli.Wire;

/// <summary>Counts vectors that hold and prints a line for each thing that does not.</summary>
internal sealed class Codec2Vectors(TextWriter output)
{
    /// <summary>Vectors of which everything held.</summary>
    public int Passed { get; private set; }

    /// <summary>Vectors of which something did not.</summary>
    public int Failed { get; private set; }

    /// <summary>Whether this is a file of codec-2 vectors.</summary>
    public static bool IsSuch(JsonElement file) => file.ValueKind == JsonValueKind.Object && file.TryGetProperty("schema", out _);

    /// <summary>Runs every vector of a file.</summary>
    /// <exception cref="JsonException">Not such a file.</exception>
    public void RunFile(JsonElement file)
    {
        try
        {
            var schema = Codec2VectorSchema.Read(file.GetProperty("schema"));
            foreach (var vector in file.GetProperty("blocks").EnumerateArray())
                Count(RunBlock(schema, vector));
            foreach (var vector in file.GetProperty("datagrams").EnumerateArray())
                Count(RunDatagram(vector));
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new JsonException("not a file of codec-2 vectors: " + error.Message, error);
        }
    }

    private static bool IsVerdict(JsonElement vector, out bool isRejected)
    {
        var text = vector.GetProperty("expect").GetString();
        isRejected = text == "reject";
        return isRejected || text == "accept";
    }

    private void Count(bool holds)
    {
        if (holds)
            Passed++;
        else
            Failed++;
    }

    private bool RunBlock(Codec2Schema schema, JsonElement vector)
    {
        var name = vector.GetProperty("name").GetString()!;
        var tick = vector.GetProperty("tick").GetUInt64();
        var b = Codec2VectorState.ReadCell(vector, "base");
        var b2 = Codec2VectorState.ReadCell(vector, "base2");
        var bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
        var check = vector.GetProperty("check").GetUInt16();
        var into = new CellSnapshot();
        var slow = new DecodedSlow();
        var decoded = new BlockDecoder().TryDecode(schema, bytes, b, b2, tick, into, slow, out var got) && got == check;
        if (!IsVerdict(vector, out var isRejected))
            return Mismatch(name, "expect is neither accept nor reject");
        if (isRejected)
            return !decoded || Mismatch(name, "accepted although it must be rejected");
        if (!decoded)
            return Mismatch(name, $"rejected, or a check of {got} instead of {check}");

        if (Codec2VectorState.ReadCell(vector, "now") is not { } now)
            return Mismatch(name, "now is missing");
        var state = Codec2VectorState.Read(vector.GetProperty("slow"));
        if (!into.SameAs(now))
            return Mismatch(name, "decode: other members");
        if (state.Differs(slow) is { } difference)
            return Mismatch(name, "decode: " + difference);
        var encoded = new ByteWriter();
        var checkAgain = new BlockEncoder().Encode(schema, now, b, b2, state, encoded);
        return (checkAgain == check && encoded.Written.SequenceEqual(bytes))
            || Mismatch(name, $"encode: expected {Convert.ToHexStringLower(bytes)}, got {Convert.ToHexStringLower(encoded.Written)}");
    }

    private bool RunDatagram(JsonElement vector)
    {
        var name = vector.GetProperty("name").GetString()!;
        var bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
        var leaves = new ushort[Codec2Limits.MaxLeaves];
        var reader = new ByteReader(bytes);
        var blocks = new List<string>();
        var read = StateDatagram.TryRead(
            ref reader, vector.GetProperty("newest_tick").GetUInt64(), vector.GetProperty("expected_count").GetUInt32(), out var head, leaves);
        while (read && reader.Remaining > 0)
        {
            read = BlockHead.TryRead(ref reader, out var block) && reader.TryReadBytes(block.Length, out _);
            blocks.Add($"{block.Cell} {block.Age} {block.Gap} {block.Length}");
        }

        if (!IsVerdict(vector, out var isRejected))
            return Mismatch(name, "expect is neither accept nor reject");
        if (isRejected)
            return !read || Mismatch(name, "accepted although it must be rejected");
        if (!read)
            return Mismatch(name, "rejected although it must be accepted");
        var expected = Codec2VectorState.ReadHead(vector.GetProperty("head"));
        var expectedLeaves = vector.GetProperty("leaves").EnumerateArray().Select(leave => leave.GetUInt16()).ToArray();
        var expectedBlocks = vector.GetProperty("blocks").EnumerateArray().Select(block => block.GetString()!).ToList();
        expected.LeaveCount = expectedLeaves.Length;
        if (!head.Equals(expected) || !leaves.AsSpan(0, head.LeaveCount).SequenceEqual(expectedLeaves) || !blocks.SequenceEqual(expectedBlocks))
            return Mismatch(name, "decode: another head, other leaves or other blocks");
        var written = new ByteWriter();
        StateDatagram.Write(written, expected, expectedLeaves);
        return bytes.AsSpan().StartsWith(written.Written)
            || Mismatch(name, $"encode: got {Convert.ToHexStringLower(written.Written)}");
    }

    private bool Mismatch(string name, string what)
    {
        output.WriteLine($"{name}: {what}");
        return false;
    }
}
