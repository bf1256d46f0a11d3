// `aetheris world verify|run`: scenario files against this build's rules.
using System.CommandLine;
using Aetheris.World;

namespace Aetheris.Cli;

/// <summary>The <c>world</c> command.</summary>
internal static class WorldCommand
{
    /// <summary>Builds it.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "a scenario file, or a folder of them" };
        var verify = new Command("verify", "run scenarios and compare: a line per mismatch, exit code 0 only if none failed") { path };
        verify.SetAction(result => Verify(result.GetValue(path)!, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));

        var file = new Argument<string>("file") { Description = "a scenario file" };
        var trace = new Option<bool>("--trace") { Description = "print the state of every tick" };
        var run = new Command("run", "run one scenario and print its final state") { file, trace };
        run.SetAction(result => Run(
            result.GetValue(file)!, result.GetValue(trace), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return new Command("world", "check the simulation against scenario files") { verify, run };
    }

    /// <summary>Runs every scenario at a path. Each file counts once.</summary>
    /// <returns>The exit code.</returns>
    public static int Verify(string path, TextWriter output, TextWriter error)
    {
        int passed = 0, failed = 0;
        foreach (var file in FilesAt(path))
        {
            if (Passes(file, output, error))
                passed++;
            else
                failed++;
        }

        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private static string[] FilesAt(string path)
    {
        try
        {
            var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json") : [path];
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return [path];
        }
    }

    private static bool Passes(string file, TextWriter output, TextWriter error)
    {
        try
        {
            var scenario = WorldScenario.Load(file);
            if (scenario.FindDoubt() is { } doubt)
                error.WriteLine(file + ": note: " + doubt);
            var mismatches = new WorldScenarioRunner(scenario).Run();
            foreach (var mismatch in mismatches)
                output.WriteLine(mismatch);
            return mismatches.Count == 0;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            error.WriteLine(file + ": " + OneLine(exception.Message));
            return false;
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static int Run(string path, bool trace, TextWriter output, TextWriter error)
    {
        try
        {
            var runner = new WorldScenarioRunner(WorldScenario.Load(path));
            var mismatches = runner.Run(tick =>
            {
                if (trace)
                    Print(tick, runner.World, output);
            });
            foreach (var mismatch in mismatches)
                output.WriteLine(mismatch);
            if (!trace)
                Print((int)runner.World.Tick - 1, runner.World, output);
            return mismatches.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            error.WriteLine(path + ": " + OneLine(exception.Message));
            return 1;
        }
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotSupportedException;

    private static void Print(int tick, RoomWorld world, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"tick {tick} state {world.StateHash():x16} golden {world.GoldenHash():x16}"));
        var entities = world.Entities;
        foreach (var slot in entities.Slots)
        {
            if (!entities.Column(StandardComponents.Transform).Has(slot))
                continue;
            var at = entities.Column(StandardComponents.Transform)[slot];
            var velocity = entities.Column(StandardComponents.Velocity)[slot];
            output.WriteLine(FormattableString.Invariant(
                $"  {entities.IdOf(slot)} type {at.EntityType} x {at.X:R} y {at.Y:R} vx {velocity.X:R} vy {velocity.Y:R} rot {at.Rotation:R}")
                + FormattableString.Invariant($" ore {entities.Column(StandardComponents.CargoHold)[slot].OreCount + entities.Column(StandardComponents.Asteroid)[slot].OreRemaining}")
                + (entities.Column(StandardComponents.MiningBeam)[slot].Active ? " mining" : string.Empty));
        }
    }
}
