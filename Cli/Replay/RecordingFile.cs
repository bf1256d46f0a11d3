// Recordings on disk.
using Aetheris.Cli.Operators;
using Aetheris.Protocol.Binary;
using Aetheris.World;
using Aetheris.World.Recording;

namespace Aetheris.Cli.Replay;

/// <summary>Reads and writes files of rooms; everything that is wrong with one is a line that names it.</summary>
internal static class RecordingFile
{
    /// <exception cref="OperatorException">The file cannot be read.</exception>
    public static RoomRecording Read(string path)
    {
        byte[] bytes;
        try
        {
            var size = new FileInfo(path).Length;
            if (size > RoomRecording.MaxBytes)
                throw new OperatorException($"{path}: it is larger than {RoomRecording.MaxBytes} bytes");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OperatorException($"{path}: {exception.Message}", exception);
        }

        return RoomRecording.TryRead(bytes, out var recording, out var reason) ? recording : throw new OperatorException($"{path}: {reason}");
    }

    /// <exception cref="OperatorException">The rules of this program are others, or the state cannot be read.</exception>
    public static RoomReplay Begin(string path, RoomRecording recording) =>
        RoomReplay.TryBegin(WorldDefinition.Standard, recording, out var replay, out var reason) ? replay : throw new OperatorException($"{path}: {reason}");

    /// <exception cref="OperatorException">The file cannot be written.</exception>
    public static void Write(string path, RoomRecording recording)
    {
        var writer = new ByteWriter(recording.World.Length + 1024);
        recording.Write(writer);
        Write(path, writer.Written);
    }

    /// <exception cref="OperatorException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var file = File.Create(path);
            file.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OperatorException($"{path}: {exception.Message}", exception);
        }
    }
}
