// Where two recordings of a room part ways.
using Aetheris.Cli.Operators;
using Aetheris.World.Recording;

namespace Aetheris.Cli.Replay;

/// <summary>Runs both side by side and compares logs and hashes of every tick.</summary>
internal sealed class RecordingDiff
{
    private RecordingDiff()
    {
    }

    /// <summary>First tick that both have.</summary>
    public ulong FromTick { get; private set; }

    /// <summary>Last tick that was compared.</summary>
    public ulong ThroughTick { get; private set; }

    /// <summary>The first tick with different commands; null when the logs are alike.</summary>
    public ulong? LogDiffersAt { get; private set; }

    /// <summary>How they differ there.</summary>
    public string? LogDifference { get; private set; }

    /// <summary>The first tick after which the states differ; null when they are alike.</summary>
    public ulong? StateDiffersAt { get; private set; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsSame => LogDiffersAt is null && StateDiffersAt is null;

    /// <exception cref="OperatorException">A file cannot be run, or they have no tick in common.</exception>
    public static RecordingDiff Run(string left, string right)
    {
        RoomRecording a = RecordingFile.Read(left), b = RecordingFile.Read(right);
        RoomReplay first = RecordingFile.Begin(left, a), second = RecordingFile.Begin(right, b);
        var from = Math.Max(a.Tick, b.Tick);
        if (from > a.LastTick || from > b.LastTick)
            throw new OperatorException($"{left} has ticks {a.Tick} to {a.LastTick}, {right} {b.Tick} to {b.LastTick}: none in common");
        Advance(first, from, left);
        Advance(second, from, right);
        var diff = new RecordingDiff { FromTick = from, ThroughTick = from };
        diff.CompareStates(first, second);
        while (!first.IsAtEnd && !second.IsAtEnd)
        {
            var isSameLog = first.Next.Commands.Span.SequenceEqual(second.Next.Commands.Span);
            var tick = first.Next.Tick;
            var ran = first.TryStep() & second.TryStep();
            if (!isSameLog && diff.LogDiffersAt is null)
            {
                diff.LogDiffersAt = tick;
                diff.LogDifference = CommandText.Difference(first.Commands, second.Commands) ?? "the commands came by other ways";
            }

            if (!ran)
            {
                diff.StateDiffersAt ??= first.IsBroken && second.IsBroken ? null : tick;
                break;
            }

            diff.ThroughTick = tick;
            diff.CompareStates(first, second);
        }

        return diff;
    }

    private static void Advance(RoomReplay replay, ulong tick, string path)
    {
        while (replay.World.Tick < tick)
        {
            if (!replay.TryStep())
                throw new OperatorException($"{path}: its log cannot be run at tick {replay.DiffersAt}");
        }
    }

    // Once they differ they go on differing; hashing every tick of both costs more than the ticks.
    private void CompareStates(RoomReplay first, RoomReplay second)
    {
        if (StateDiffersAt is null && first.World.StateHash() != second.World.StateHash())
            StateDiffersAt = first.World.Tick;
    }
}
