// Bits per entity update by field, and what encoding and decoding takes.
using System.Diagnostics;
using System.Globalization;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Codec2.Bits;

/// <summary>Measures one style at one age of the base.</summary>
internal static class Measurement
{
    private const int Ships = 100;

    internal static void Table(int ticks, IReadOnlyList<(string Delay, int Age)> ages)
    {
        var fields = ContextModel.Fields;
        Console.WriteLine("| input | ack delay | D | bits per update | bytes per tick, both blocks | largest block | " + string.Join(" | ", fields) + " | encode ns | decode ns |");
        Console.WriteLine("|---|---|---|---|---|---|" + string.Concat(fields.Select(_ => "---|")) + "---|---|");
        foreach (var style in Enum.GetValues<FlightStyle>())
        {
            foreach (var (delay, age) in ages)
                Console.WriteLine(Row(style, delay, age, ticks));
        }
    }

    /// <summary>Nanoseconds; the median of all blocks, so that what else the machine does counts little.</summary>
    private static double Median(List<double> ticks)
    {
        ticks.Sort();
        return ticks[ticks.Count / 2] * 1e9 / Stopwatch.Frequency;
    }

    private static string Row(FlightStyle style, string delay, int age, int ticks)
    {
        var flight = new Flight(style, Ships, 7);
        var costs = new FieldCosts();
        var encoder = new BlockEncoder();
        var observed = new BlockEncoder { Observer = costs };
        var decoder = new BlockDecoder();
        var into = new CellSnapshot();
        var slow = new DecodedSlow();
        var bytes = new ByteWriter();
        long updates = 0, size = 0;
        var encoding = new List<double>();
        var decoding = new List<double>();
        var largest = 0;
        for (var i = 0; i < ticks; i++)
        {
            flight.Tick();
            for (var cell = 0; cell < flight.Cells; cell++)
            {
                var now = flight.Cell(cell, 0);
                var b = flight.Cell(cell, age);
                var b2 = flight.Cell(cell, age + 2);
                bytes.Clear();
                observed.Encode(flight.Schema, now, b, b2, flight, bytes);
                bytes.Clear();
                slow.Clear();
                var start = Stopwatch.GetTimestamp();
                var check = encoder.Encode(flight.Schema, now, b, b2, flight, bytes);
                var middle = Stopwatch.GetTimestamp();
                var decoded = decoder.TryDecode(flight.Schema, bytes.Written, b, b2, now.Tick, into, slow, out var got);
                var end = Stopwatch.GetTimestamp();
                if (!decoded || got != check || !into.SameAs(now))
                    throw new InvalidOperationException("a block did not come back");
                encoding.Add((middle - start) / (double)now.Count);
                decoding.Add((end - middle) / (double)now.Count);
                updates += now.Count;
                size += bytes.Length;
                largest = Math.Max(largest, bytes.Length);
            }
        }

        var parts = Enumerable.Range(0, ContextModel.Fields.Length).Select(f => (costs.Of(f) / updates).ToString("0.00", CultureInfo.InvariantCulture));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {style} | {delay} | {age} | {size * 8.0 / updates:0.00} | {(double)size / ticks:0} | {largest} | {string.Join(" | ", parts)} | {Median(encoding):0} | {Median(decoding):0} |");
    }
}
