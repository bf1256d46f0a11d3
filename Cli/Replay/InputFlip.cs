// A deliberate difference, to see that it is found.
using Aetheris.Cli.Operators;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.World.Recording;

namespace Aetheris.Cli.Replay;

internal static class InputFlip
{
    /// <summary>A copy of a recording in which the first input logged at a tick, or at the first later tick with one, steers the other way.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="from">Tick to begin the search at.</param>
    /// <param name="tick">The tick that was changed.</param>
    /// <exception cref="OperatorException">No input is logged from there on.</exception>
    public static RoomRecording Apply(RoomRecording recording, ulong from, out ulong tick)
    {
        var entries = recording.Entries.ToArray();
        var commands = new List<Command>();
        for (var i = 0; i < entries.Length; i++)
        {
            commands.Clear();
            if (entries[i].Tick < from || !RoomFrame.TryReadCommands(entries[i].Commands.Span, commands))
                continue;
            var input = commands.FindIndex(static command => command.Kind == CommandKind.Input);
            if (input < 0)
                continue;
            tick = entries[i].Tick;
            commands[input] = Mirror(commands[input]);
            entries[i] = entries[i] with { Commands = Write(commands) };
            return recording.With(entries);
        }

        throw new OperatorException($"no input is logged from tick {from} on");
    }

    private static Command Mirror(Command command)
    {
        // A stick at rest has no other way.
        var (x, y) = (command.Input.MoveX, command.Input.MoveY);
        (command.Input.MoveX, command.Input.MoveY) = x == 0 && y == 0 ? (1, 0) : (-x, -y);
        return command;
    }

    private static byte[] Write(List<Command> commands)
    {
        var section = new ByteWriter();
        section.WriteUInt16((ushort)commands.Count);
        foreach (var command in commands)
        {
            section.WriteUInt64(command.Gateway.Value);
            section.WriteUInt64(command.Sequence);
            CommandCodec.Write(section, command);
        }

        return section.Written.ToArray();
    }
}
