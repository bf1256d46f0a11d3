// The commands of this gateway that a room has not acknowledged yet.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// Encoded commands, contiguous by sequence from <see cref="FirstSequence"/>. A batch is a head and a copy of the pending bytes,
/// because every batch repeats everything unacknowledged (DESIGN §3, commands). Steady use allocates only the batches.
/// </summary>
public sealed class CommandOutbox
{
    private readonly Queue<int> _lengths = new();
    private readonly ByteWriter _scratch = new(1024);
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Commands pending.</summary>
    public int Count => _lengths.Count;

    /// <summary>Bytes pending.</summary>
    public int Bytes => _end - _start;

    /// <summary>Sequence of the first pending command, or of the next one when none is pending.</summary>
    public ulong FirstSequence { get; private set; } = 1;

    /// <summary>Largest sequence the room has acknowledged.</summary>
    public ulong Acknowledged => FirstSequence - 1;

    /// <summary>Appends a command; false when it would exceed the bound.</summary>
    public bool TryAdd(in Command command, long maxBytes)
    {
        _scratch.Clear();
        CommandCodec.Write(_scratch, in command);
        if (Bytes + (long)_scratch.Length > Math.Min(maxBytes, int.MaxValue / 4))
            return false;
        Append(_scratch.Written);
        return true;
    }

    /// <summary>Forgets commands up to a sequence.</summary>
    public void Acknowledge(ulong sequence)
    {
        while (_lengths.Count > 0 && FirstSequence <= sequence)
        {
            _start += _lengths.Dequeue();
            FirstSequence++;
        }

        if (_lengths.Count == 0)
            _start = _end = 0;
    }

    /// <summary>Continues after a room that knows a lower sequence than was acknowledged, or before the first command: the pending commands keep their order behind the given ones.</summary>
    /// <param name="lastSequence">What the room knows.</param>
    /// <param name="before">Commands to send first.</param>
    public void Renumber(ulong lastSequence, List<Command> before)
    {
        var pending = _buffer.AsSpan(_start, Bytes).ToArray();
        var lengths = _lengths.ToArray();
        _lengths.Clear();
        _start = _end = 0;
        FirstSequence = lastSequence + 1;
        foreach (var command in before)
        {
            _scratch.Clear();
            CommandCodec.Write(_scratch, in command);
            Append(_scratch.Written);
        }

        var position = 0;
        foreach (var length in lengths)
        {
            Append(pending.AsSpan(position, length));
            position += length;
        }
    }

    /// <summary>Appends the body of a batch: up to the largest number of commands from the first pending one.</summary>
    /// <returns>Number of commands.</returns>
    public ushort WritePending(ByteWriter writer)
    {
        if (_lengths.Count <= CommandBatch.MaxCommands)
        {
            writer.WriteBytes(_buffer.AsSpan(_start, Bytes));
            return (ushort)_lengths.Count;
        }

        var bytes = 0;
        var count = 0;
        foreach (var length in _lengths)
        {
            if (count == CommandBatch.MaxCommands)
                break;
            bytes += length;
            count++;
        }

        writer.WriteBytes(_buffer.AsSpan(_start, bytes));
        return (ushort)count;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _buffer.Length)
            MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
        _lengths.Enqueue(bytes.Length);
    }

    private void MakeRoom(int count)
    {
        var pending = _buffer.AsSpan(_start, Bytes);
        if (pending.Length + count > _buffer.Length / 2)
        {
            var larger = new byte[Math.Max(_buffer.Length * 2, pending.Length + count)];
            pending.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            pending.CopyTo(_buffer);
        }

        _end = pending.Length;
        _start = 0;
    }
}
