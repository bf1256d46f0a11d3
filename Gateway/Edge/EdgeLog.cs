// What the edge thread logs: never per packet, and per tick only for who asks to trace.
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Edge;

internal static partial class EdgeLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "An exception in {Part} was contained; further ones of this part are only counted in aetheris_edge_errors_total.")]
    public static partial void Contained(ILogger logger, string part, Exception exception);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "A connection of player {Player} was closed because handling it failed.")]
    public static partial void ConnectionFailed(ILogger logger, string player, Exception exception);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "Room {Room} has been silent for a second and is asked to recover.")]
    public static partial void RoomSilent(ILogger logger, string room);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Information, Message = "Room {Room} answers again after {Milliseconds} ms.")]
    public static partial void RoomBack(ILogger logger, string room, long milliseconds);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "Room {Room}: a frame could not be applied; asking for a full image.")]
    public static partial void FrameRefused(ILogger logger, string room);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Error, Message = "The link to room {Room} failed and was closed.")]
    public static partial void LinkFailed(ILogger logger, string room, Exception exception);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Warning, Message = "Session service did not answer: {Reason}")]
    public static partial void SessionCallFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Warning, Message = "The gateway directory did not answer: {Reason}")]
    public static partial void DirectoryCallFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 2009, Level = LogLevel.Information, Message = "Listening on UDP port {Port}.")]
    public static partial void UdpListening(ILogger logger, int port);

    [LoggerMessage(EventId = 2010, Level = LogLevel.Warning, Message = "The edge thread did not answer while stopping; its rooms are left as they are.")]
    public static partial void Unresponsive(ILogger logger);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error, Message = "Room {Room} came back without a part of what its players had seen; they connect again. Further losses of this room are only counted in aetheris_room_histories_lost_total.")]
    public static partial void HistoryLost(ILogger logger, string room);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Information, Message = "An operator takes this gateway away; it drains and stops.")]
    public static partial void DrainAsked(ILogger logger);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Information, Message = "Draining: {Connections} connections are sent to {Gateways} other gateways.")]
    public static partial void Draining(ILogger logger, int connections, int gateways);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Information, Message = "Drained in {Milliseconds} ms; {Connections} connections are left and closed.")]
    public static partial void Drained(ILogger logger, long milliseconds, int connections);

    [LoggerMessage(EventId = 2015, Level = LogLevel.Trace, Message = "Frame {Room} epoch {Epoch} seq {Seq} tick {Tick} hash {Hash:x16}")]
    public static partial void FrameApplied(ILogger logger, string room, uint epoch, ulong seq, ulong tick, ulong? hash);
}
