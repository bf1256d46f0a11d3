// Stage 5: build the frame once and hand the same bytes to every sink.
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Pipeline;

/// <summary>One frame per tick, changes or not: it is heartbeat, log entry and acknowledgement (T-73).</summary>
public sealed class SendStage
{
    /// <summary>Writes the frame into the ring and sends it.</summary>
    public void Run(TickContext context)
    {
        // A room without storage is never asked for its log: were nothing durable, gateways would keep it for ever.
        var durable = context.DurableTick ?? context.World.Tick;
        var header = new FrameHeader(context.Epoch, context.Newest.Seq + 1, context.World.Tick, durable, IsImage: false, context.StateHash);
        var frame = context.Frames.Next(header.Seq);
        RoomFrame.Write(frame, header, context.CommandsSection.Written, context.ChangesSection.Written, context.EventsSection.Written);
        context.Newest = header;
        context.Log.Add(header.Epoch, header.Tick, header.StateHash, context.CommandsSection.Written);
        context.Log.TrimThrough(durable);
        context.Metrics.FrameSize.Record(frame.Length);
        foreach (var sink in context.Sinks)
            sink.Send(header, frame.Written);
    }
}
