// Frames of traced ticks on their way to the edge thread.
using System.Collections.Concurrent;
using System.Diagnostics;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Protocol.Frames;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// Remembers, from a frame's receipt to its application, to which trace it belongs: the call that brought it is over by then. Costs a look at
/// a counter per frame while nothing is traced. Any thread adds, the edge thread takes.
/// </summary>
internal static class FrameTraces
{
    // One tick of a room in ten seconds is traced; what was never applied is forgotten.
    private const int MaxWaiting = 256;

    private static readonly ConcurrentDictionary<(string Room, uint Epoch, ulong Seq), ActivityContext> Waiting = new();
    private static int _count;

    /// <summary>A frame came, perhaps with a trace's context.</summary>
    public static void Note(string room, byte[] frame)
    {
        if (!Spans.AreHeard || Activity.Current is not { Recorded: true } call || !RoomFrame.TryRead(frame, out var read))
            return;
        if (Waiting.Count >= MaxWaiting)
            Waiting.Clear();
        Waiting[(room, read.Header.Epoch, read.Header.Seq)] = call.Context;
        Volatile.Write(ref _count, Waiting.Count);
    }

    /// <summary>Begins the span in which a frame is applied and sent on; null for one that is not traced.</summary>
    public static Activity? Begin(string room, in FrameHeader header)
    {
        if (Volatile.Read(ref _count) == 0 || !Waiting.TryRemove((room, header.Epoch, header.Seq), out var context))
            return null;
        Volatile.Write(ref _count, Waiting.Count);
        var span = Spans.Begin("aetheris.frame", context);
        span?.SetTag("aetheris.room", room);
        span?.SetTag("aetheris.tick", (long)header.Tick);
        return span;
    }
}
