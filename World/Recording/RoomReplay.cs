// Plays a recording again, tick by tick and bit by bit.
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;

namespace Aetheris.World.Recording;

/// <summary>A run of a recording. Not thread-safe.</summary>
public sealed class RoomReplay
{
    private readonly RoomRecording _recording;
    private readonly LoggedTick _tick = new();
    private int _next;

    private RoomReplay(RoomRecording recording, RoomWorld world)
    {
        _recording = recording;
        World = world;
    }

    /// <summary>The room as it is after the newest tick.</summary>
    public RoomWorld World { get; }

    /// <summary>What the newest tick changed.</summary>
    public ChangeSet Changes => _tick.Changes;

    /// <summary>Commands of the newest tick.</summary>
    public IReadOnlyList<Command> Commands => _tick.Commands;

    /// <summary>Whether the log is at its end.</summary>
    public bool IsAtEnd => _next == _recording.Entries.Count || IsBroken;

    /// <summary>Whether the log could not be run to its end: World refused what it says. The world is then of no use.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Hashes of the room that were compared and came out again.</summary>
    public int HashesEqual { get; private set; }

    /// <summary>The first tick whose hash did not come out, or that could not be run; null while there is none.</summary>
    public ulong? DiffersAt { get; private set; }

    /// <summary>The tick that the next <see cref="TryStep"/> runs; only before the end.</summary>
    public HistoryEntry Next => _recording.Entries[_next];

    /// <summary>Loads the state that a recording begins with.</summary>
    /// <param name="definition">The rules; they must be those of the recording.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="replay">The replay, or null.</param>
    /// <param name="reason">Why there is none, for people.</param>
    public static bool TryBegin(WorldDefinition definition, RoomRecording recording, [NotNullWhen(true)] out RoomReplay? replay, out string reason)
    {
        replay = null;
        if (recording.WorldVersion != definition.WorldVersion)
        {
            reason = "its rules are world version " + recording.WorldVersion.ToString("x16") + ", those of this program " + definition.WorldVersion.ToString("x16");
            return false;
        }

        if (!RoomWorld.TryLoad(definition, recording.World.Span, out var world, out reason))
            return false;
        if (world.Tick != recording.Tick)
        {
            reason = "its state is of tick " + world.Tick + " instead of " + recording.Tick;
            return false;
        }

        replay = new RoomReplay(recording, world);
        return true;
    }

    /// <summary>Runs the next tick and compares its hash where the room had taken one.</summary>
    /// <returns>False at the end, and when the tick cannot be run.</returns>
    public bool TryStep()
    {
        if (IsAtEnd)
            return false;
        var entry = _recording.Entries[_next];
        if (!_tick.TryRun(World, entry))
        {
            IsBroken = true;
            DiffersAt ??= entry.Tick;
            return false;
        }

        _next++;
        if (entry.StateHash is { } hash)
        {
            if (World.StateHash() == hash)
                HashesEqual++;
            else
                DiffersAt ??= entry.Tick;
        }

        return true;
    }
}
