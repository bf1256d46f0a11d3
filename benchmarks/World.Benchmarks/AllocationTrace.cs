// Counts what ticks allocate, exactly: the memory diagnoser divides whatever its iteration allocates by the ticks in it.
namespace Aetheris.World.Benchmarks;

/// <summary>
/// Runs battlefields of every size, window after window, and prints the bytes that the ticking thread allocated and the buffers of the
/// room that grew. Run it with DOTNET_TieredCompilation=0: the runtime allocates a few bytes of its own when it compiles a method again.
/// </summary>
public static class AllocationTrace
{
    private const int Windows = 10;
    private const int TicksPerWindow = 600;

    /// <summary>Prints one line per window.</summary>
    /// <returns>0 when no tick allocated, else 1.</returns>
    public static int Run()
    {
        var clean = true;
        foreach (var ships in (ReadOnlySpan<int>)[100, 1_000, 10_000])
        {
            Console.Error.WriteLine($"filling {ships} ships");
            var field = new Battlefield(ships);
            for (var window = 1; window <= Windows; window++)
            {
                var sizes = BufferSizes.Of(field.World, field.Changes);
                var allocated = Count(field);
                var grown = Grown(sizes, BufferSizes.Of(field.World, field.Changes));
                clean &= allocated == 0;
                Console.WriteLine($"{ships} ships, window {window}: {allocated} B in {TicksPerWindow} ticks {string.Join(", ", grown)}");
            }
        }

        return clean ? 0 : 1;
    }

    private static List<string> Grown(Dictionary<string, int> before, Dictionary<string, int> after)
    {
        var grown = new List<string>();
        foreach (var (path, length) in after)
        {
            var was = before.GetValueOrDefault(path);
            if (length != was)
                grown.Add($"{path} {was} -> {length}");
        }

        return grown;
    }

    private static long Count(Battlefield field)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var tick = 0; tick < TicksPerWindow; tick++)
        {
            field.StepOnce();
            field.World.Extract(field.Changes);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
