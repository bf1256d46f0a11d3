// Records the hashes of a bare world, tick by tick, for comparison with the original's golden file.
using System.Buffers.Binary;
using System.Globalization;
using Aetheris.Protocol.Commands;
using Aetheris.World;

namespace Aetheris.Standalone;

/// <summary>
/// <c>AETHERIS_RECORD_GOLDEN=N</c>: no cluster, no listeners, no pilots; a stress test of 100 turned entities at tick 0, then
/// <c>golden_600ticks.bin</c> in the working directory with one little-endian u64 per tick, taken after the tick.
/// </summary>
internal static class GoldenRecording
{
    private const string Variable = "AETHERIS_RECORD_GOLDEN";
    private const string FileName = "golden_600ticks.bin";
    private const ushort Entities = 100;
    private const int MostTicks = 1_000_000;

    public static bool IsRequested => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <returns>Exit code.</returns>
    public static int Run()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks is < 1 or > MostTicks)
        {
            Console.Error.WriteLine($"error: {Variable} is '{text}': 1 to {MostTicks} ticks are expected");
            return 1;
        }

        try
        {
            File.WriteAllBytes(FileName, Record(ticks));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {FileName} cannot be written: {exception.Message}");
            return 1;
        }

        Console.Error.WriteLine($"{ticks} ticks in {FileName}");
        return 0;
    }

    private static byte[] Record(int ticks)
    {
        var world = new RoomWorld(WorldDefinition.Standard, new RoomSettings());
        var hashes = new byte[ticks * sizeof(ulong)];
        for (var tick = 0; tick < ticks; tick++)
        {
            world.BeginTick();
            if (tick == 0)
                world.Apply(new Command { Kind = CommandKind.StressTest, Count = Entities, Rotate = true, Privileged = true });
            world.Step();
            BinaryPrimitives.WriteUInt64LittleEndian(hashes.AsSpan(tick * sizeof(ulong)), world.GoldenHash());
        }

        return hashes;
    }
}
