// One tick out of a room's log: the step that recovery and replay share.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;

namespace Aetheris.World.Recording;

/// <summary>Runs ticks as their room ran them (DESIGN §1.1). Not thread-safe: the buffers are reused from tick to tick.</summary>
public sealed class LoggedTick
{
    private readonly List<Command> _commands = new();

    /// <summary>What the last tick changed.</summary>
    public ChangeSet Changes { get; } = new();

    /// <summary>Commands of the last tick, in the order in which they were applied.</summary>
    public IReadOnlyList<Command> Commands => _commands;

    /// <summary>Simulates one tick of a log.</summary>
    /// <param name="world">The room after the tick before; half a tick is in it when this fails.</param>
    /// <param name="entry">The tick.</param>
    /// <returns>False when the commands are malformed, World refuses one or throws, or the tick is not the next one: the log is not what the room had.</returns>
    public bool TryRun(RoomWorld world, in HistoryEntry entry)
    {
        _commands.Clear();
        if (entry.Tick != world.Tick + 1 || !RoomFrame.TryReadCommands(entry.Commands.Span, _commands))
            return false;
        try
        {
            world.BeginTick();
            foreach (var command in _commands)
            {
                if (!world.Apply(command))
                    return false;
            }

            world.Step();
            world.Extract(Changes);
            return true;
        }
        catch (Exception)
        {
            // A tick that throws never made a frame.
            return false;
        }
    }
}
