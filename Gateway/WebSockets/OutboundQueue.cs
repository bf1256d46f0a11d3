// What waits to be written to one WebSocket, bounded.
using System.Buffers;

namespace Aetheris.Gateway.WebSockets;

/// <summary>Two queues in pooled buffers: reliable messages go first; of unreliable ones the oldest makes room. Thread-safe.</summary>
public sealed class OutboundQueue
{
    private const int MaxReliable = 8192;
    private const int MaxReliableBytes = 8 * 1024 * 1024;
    private const int MaxUnreliable = 128;

    private readonly Lock _lock = new();
    private readonly Queue<ArraySegment<byte>> _reliable = new();
    private readonly Queue<ArraySegment<byte>> _unreliable = new();
    private long _reliableBytes;

    /// <summary>Adds a copy of a message.</summary>
    /// <returns>False when it is reliable and there is no room: the connection has to end.</returns>
    public bool TryAdd(ReadOnlySpan<byte> message, bool reliable, out bool droppedOldest)
    {
        droppedOldest = false;
        var buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(buffer);
        var segment = new ArraySegment<byte>(buffer, 0, message.Length);
        lock (_lock)
        {
            if (!reliable)
            {
                if (_unreliable.Count >= MaxUnreliable)
                {
                    ArrayPool<byte>.Shared.Return(_unreliable.Dequeue().Array!);
                    droppedOldest = true;
                }

                _unreliable.Enqueue(segment);
                return true;
            }

            if (_reliable.Count < MaxReliable && _reliableBytes + message.Length <= MaxReliableBytes)
            {
                _reliable.Enqueue(segment);
                _reliableBytes += message.Length;
                return true;
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return false;
    }

    /// <summary>Takes the next message; its buffer goes back to the shared pool after use.</summary>
    public bool TryTake(out ArraySegment<byte> message)
    {
        lock (_lock)
        {
            if (_reliable.TryDequeue(out message))
            {
                _reliableBytes -= message.Count;
                return true;
            }

            return _unreliable.TryDequeue(out message);
        }
    }
}
