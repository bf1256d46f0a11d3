// Makes the tables that the contexts start from.
using System.Globalization;
using System.Text;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Codec2.Bits;

/// <summary>Flies every style, encodes at many ages, and writes the C# source of the tables and the same numbers as JSON.</summary>
internal static class Trainer
{
    private static readonly int[] Ages = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 30];

    internal static void Run(string sourceFile, string jsonFile, int ticks)
    {
        var counts = new SymbolCounts();
        var gains = new GainFit();
        foreach (var style in Enum.GetValues<FlightStyle>())
            Fly(style, ticks, counts, gains);
        var motion = Enumerable.Range(0, ContextModel.AgeClasses)
            .Select(c => Enumerable.Range(0, ContextModel.MotionCount).Select(i => counts.Start(c, i)).ToArray()).ToArray();
        var slow = Enumerable.Range(ContextModel.MotionCount, ContextModel.Count - ContextModel.MotionCount).Select(i => counts.Start(i)).ToArray();
        var gain = Enumerable.Range(0, 6).Select(k => Enumerable.Range(0, 16).Select(n => gains.Gain(k, n)).ToArray()).ToArray();
        File.WriteAllText(sourceFile, Source(motion, slow, gain));
        File.WriteAllText(jsonFile, Json(motion, slow, gain));
    }

    private static void Fly(FlightStyle style, int ticks, SymbolCounts counts, GainFit gains)
    {
        var flight = new Flight(style, 100, 1);
        var encoder = new BlockEncoder { Observer = counts };
        var bytes = new ByteWriter();
        counts.Weight = style is FlightStyle.Stick or FlightStyle.Fight ? 0.5 : 1;
        for (var i = 0; i < ticks; i++)
        {
            flight.Tick();
            for (var cell = 0; cell < flight.Cells; cell++)
            {
                var now = flight.Cell(cell, 0);
                foreach (var age in Ages)
                {
                    bytes.Clear();
                    counts.AgeClass = ContextModel.AgeClass(age);
                    var b = flight.Cell(cell, age);
                    var b2 = flight.Cell(cell, age + 2);
                    encoder.Encode(flight.Schema, now, b, b2, flight, bytes);
                    if (style != FlightStyle.Fight)
                        gains.Note(flight.Schema, now, b, b2);
                }

                if (i % 20 == 0)
                    encoder.Encode(flight.Schema, now, null, null, flight, bytes);
            }
        }
    }

    private static string Source(byte[][] motion, byte[] slow, byte[][] gains)
    {
        var text = new StringBuilder();
        text.AppendLine("// Start values of the contexts and the gains. Written by benchmarks/Codec2.Bits train; part of the format: never edit.");
        text.AppendLine("using System;").AppendLine().AppendLine("namespace Aetheris.Protocol.Codec2;").AppendLine();
        text.AppendLine("/// <summary>Trained numbers: probabilities of a 1 in 1/256, gains in 1/100.</summary>");
        text.AppendLine("internal static class TrainedTables").AppendLine("{");
        Array(text, "By age class, then context.", "Motion", motion.SelectMany(row => row));
        Array(text, "By context, from the first that is not about motion.", "Slow", slow);
        Array(text, "By kind of record (same thrust, new thrust, analogue), then size of the error (below 8 steps, more), then ticks since the base, 0–15.", "Gains", gains.SelectMany(row => row));
        text.Length -= Environment.NewLine.Length;
        text.AppendLine("}");
        return text.ToString();
    }

    private static void Array(StringBuilder text, string summary, string name, IEnumerable<byte> values)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"    /// <summary>{summary}</summary>");
        text.AppendLine(CultureInfo.InvariantCulture, $"    internal static ReadOnlySpan<byte> {name} => new byte[]").AppendLine("    {");
        foreach (var line in values.Chunk(32))
            text.AppendLine(CultureInfo.InvariantCulture, $"        {string.Join(", ", line)},");
        text.AppendLine("    };").AppendLine();
    }

    private static string Json(byte[][] motion, byte[] slow, byte[][] gains)
    {
        static string Row(byte[] values) => "[" + string.Join(",", values) + "]";
        static string Rows(byte[][] rows) => "[\n    " + string.Join(",\n    ", rows.Select(Row)) + "\n  ]";
        return "{\n  \"motion\": " + Rows(motion) + ",\n  \"slow\": " + Row(slow) + ",\n  \"gains\": " + Rows(gains) + "\n}\n";
    }
}
