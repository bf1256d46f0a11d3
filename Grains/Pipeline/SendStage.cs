// Stage 5: build the frame once and hand the same bytes to every sink.
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Pipeline;

/// <summary>One frame per tick, changes or not: it is heartbeat, log entry and acknowledgement (T-73).</summary>
public sealed class SendStage
{
    /// <summary>Writes the frame into the ring and sends it.</summary>
    public void Run(TickContext context)
    {
        // Without storage nothing is ever durable elsewhere, and a restarted room begins empty: a log that gateways kept would
        // never be asked for and grow for ever. So every tick counts as durable until a storage says otherwise.
        var durable = context.World.Tick;
        var header = new FrameHeader(context.Epoch, context.Newest.Seq + 1, context.World.Tick, durable, IsImage: false, StateHash: null);
        var frame = context.Frames.Next(header.Seq);
        RoomFrame.Write(frame, header, context.CommandsSection.Written, context.ChangesSection.Written, context.EventsSection.Written);
        context.Newest = header;
        context.Metrics.FrameSize.Record(frame.Length);
        foreach (var sink in context.Sinks)
            sink.Send(header, frame.Written);
    }
}
