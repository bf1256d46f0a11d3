// The table of benchmarks/replicator.md.
using System.Diagnostics;
using System.Globalization;
using Aetheris.Gateway.Replication.Codec2;

namespace Aetheris.Gateway.Benchmarks;

/// <summary>Times are medians over ticks on one thread, so that other work on the machine does not count.</summary>
internal static class Figures
{
    private const int JoinTicks = 1200;
    private const int MeasuredTicks = 480;

    /// <summary>Prints all rows.</summary>
    public static void Print()
    {
        Console.WriteLine("| ships | moving | clients | ack after | B/s per client | µs per tick | µs per client-tick beyond shared | ns per client and entity | encoded / used | bytes allocated per tick | KB per client |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        // The compiler's own warm-up, not shown.
        for (var i = 0; i < 4; i++)
            Measure(Recording.Of(100, 1, JoinTicks + MeasuredTicks + 1), 100, [1]);
        foreach (var (ships, moving) in new[] { (100, 1.0), (100, 0.1), (500, 1.0) })
        {
            var recording = Recording.Of(ships, moving, JoinTicks + MeasuredTicks + 1);
            foreach (var lags in new int[][] { [1], [1, 2, 3], [6, 7, 8, 9] })
            {
                // As few clients as have the same bases: all that is shared is in their time too.
                var few = Measure(recording, lags.Length, lags);
                foreach (var clients in new[] { 100, 200 })
                    Row(ships, moving, clients, lags, Measure(recording, clients, lags), few, lags.Length);
            }
        }
    }

    private static Measured Measure(Recording recording, int clients, int[] lags)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var playback = new Playback(recording, clients, lags, new Codec2Settings());
        playback.Run(JoinTicks);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        long bytes = playback.Clients.Sum(client => client.Bytes), allocated = 0;
        long encoded = playback.Rules.Metrics.BlocksEncoded, used = playback.Rules.Metrics.BlocksUsed;
        var times = new long[MeasuredTicks];
        for (var tick = 0; tick < MeasuredTicks; tick++)
        {
            playback.Advance();
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            playback.Tick();
            times[tick] = Stopwatch.GetTimestamp() - start;
            allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        }

        Array.Sort(times);
        return new Measured(
            times[MeasuredTicks / 2] * 1e6 / Stopwatch.Frequency,
            (playback.Clients.Sum(client => client.Bytes) - bytes) * 60.0 / MeasuredTicks / clients,
            (double)(playback.Rules.Metrics.BlocksEncoded - encoded) / (playback.Rules.Metrics.BlocksUsed - used),
            (double)allocated / MeasuredTicks,
            memory);
    }

    private static void Row(int ships, double moving, int clients, int[] lags, in Measured many, in Measured few, int fewClients)
    {
        var perClient = (many.Microseconds - few.Microseconds) / (clients - fewClients);
        var memory = (many.Memory - few.Memory) / 1000.0 / (clients - fewClients);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {ships} | {moving:P0} | {clients} | {string.Join(", ", lags)} ticks | {many.BytesPerSecond:F0} | {many.Microseconds:F0} | {perClient:F2} | {perClient * 1000 / ships:F1} | {many.Encoded:P1} | {many.Allocated:F0} | {memory:F1} |"));
    }

    private readonly record struct Measured(double Microseconds, double BytesPerSecond, double Encoded, double Allocated, long Memory);
}
