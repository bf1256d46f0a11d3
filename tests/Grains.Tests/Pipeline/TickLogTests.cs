// The room's own log of what is not durable yet.
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Tests.Pipeline;

public sealed class TickLogTests
{
    [Fact]
    public void It_forgets_what_is_durable_and_keeps_the_rest_in_order()
    {
        var log = new TickLog();
        for (var tick = 1UL; tick <= 10; tick++)
            log.Add(3, tick, tick == 6 ? 77UL : null, [(byte)tick]);
        log.TrimThrough(4);
        var entries = log.Read();
        Assert.Equal([5UL, 6, 7, 8, 9, 10], entries.Select(entry => entry.Tick));
        Assert.All(entries, entry => Assert.Equal((3u, (byte)entry.Tick), (entry.Epoch, entry.Commands.Span[0])));
        Assert.Equal(77UL, entries[1].StateHash);
    }

    [Fact]
    public void It_is_bounded_in_ticks_and_bytes()
    {
        var log = new TickLog();
        for (var tick = 1UL; tick <= RoomHistory.MaxEntries + 50; tick++)
            log.Add(3, tick, null, [1]);
        Assert.Equal(RoomHistory.MaxEntries, log.Count);
        Assert.Equal(51UL, log.Read()[0].Tick);
        var large = new byte[1024 * 1024];
        for (var tick = 10_000UL; tick < 10_020; tick++)
            log.Add(3, tick, null, large);
        Assert.True(log.Count <= 16);
        Assert.Equal(10_019UL, log.Read()[^1].Tick);
    }

    [Fact]
    public void It_allocates_nothing_while_it_stays_as_long_as_it_was()
    {
        var log = new TickLog();
        byte[] commands = [1, 2, 3];
        for (var tick = 1UL; tick <= 400; tick++)
            Step(tick);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var tick = 401UL; tick <= 2000; tick++)
            Step(tick);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step(ulong tick)
        {
            log.Add(3, tick, null, commands);
            log.TrimThrough(tick - Math.Min(tick, 120));
        }
    }
}
