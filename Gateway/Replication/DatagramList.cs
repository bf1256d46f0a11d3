// Ready messages one after the other in one buffer, so that many connections can send the same bytes.
using Aetheris.Protocol.Binary;

namespace Aetheris.Gateway.Replication;

/// <summary>A reusable list of messages. Spans are valid until the next write.</summary>
public sealed class DatagramList
{
    private readonly List<int> _ends = [];

    /// <summary>Messages.</summary>
    public int Count => _ends.Count;

    /// <summary>Where the bytes of the next message go.</summary>
    public ByteWriter Writer { get; } = new(4096);

    /// <summary>A message.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return Writer.Written[start.._ends[index]];
        }
    }

    /// <summary>Ends the message that has been written.</summary>
    public void End() => _ends.Add(Writer.Length);

    /// <summary>Forgets all messages and keeps the memory.</summary>
    public void Clear()
    {
        _ends.Clear();
        Writer.Clear();
    }
}
