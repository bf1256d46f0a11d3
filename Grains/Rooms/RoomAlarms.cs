// What an operator must hear of when a room leaves a silo: Orleans swallows it otherwise (DESIGN §6, traps).
using Aetheris.Grains.Metrics;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <summary>One log line and one count per alarm.</summary>
internal sealed partial class RoomAlarms(GrainMetrics metrics, ILogger logger)
{
    /// <summary>A tick did not end when the room was to stop.</summary>
    public void Stuck(string room)
    {
        Count("stop");
        LogStuck(logger, room);
    }

    /// <summary>The room's state could not be written for the move.</summary>
    public void NotCarried(string room, Exception? exception)
    {
        Count("dehydrate");
        LogNotCarried(logger, exception, room);
    }

    /// <summary>The state that arrived is not usable.</summary>
    public void Doubtful(string room, string reason)
    {
        Count("rehydrate");
        metrics.Moves.Add(1, new KeyValuePair<string, object?>("outcome", "doubtful"));
        LogDoubtful(logger, room, reason);
    }

    /// <summary>A step of the deactivation threw.</summary>
    public void Failed(string room, Exception exception)
    {
        Count("deactivate");
        LogFailed(logger, exception, room);
    }

    /// <summary>The last snapshot of a closed room is not stored.</summary>
    public void NotStored(string room, Exception? exception)
    {
        Count("store");
        LogNotStored(logger, exception, room);
    }

    /// <summary>The room left for another silo and is nowhere.</summary>
    public void Lost(string room)
    {
        Count("lost");
        metrics.Moves.Add(1, new KeyValuePair<string, object?>("outcome", "lost"));
        LogLost(logger, room);
    }

    /// <summary>The room was asked to move and is still here.</summary>
    public void Overdue(string room)
    {
        Count("overdue");
        LogOverdue(logger, room);
    }

    /// <summary>The room arrived whole.</summary>
    public void Arrived() => metrics.Moves.Add(1, new KeyValuePair<string, object?>("outcome", "live"));

    private void Count(string step) => metrics.DeactivationAlarms.Add(1, new KeyValuePair<string, object?>("step", step));

    [LoggerMessage(Level = LogLevel.Error, Message = "The last tick of room {Room} did not end in time: its state is not taken along")]
    private static partial void LogStuck(ILogger logger, string room);

    [LoggerMessage(Level = LogLevel.Error, Message = "The state of room {Room} could not be taken along: it recovers from storage and its gateways")]
    private static partial void LogNotCarried(ILogger logger, Exception? exception, string room);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} arrived with a doubtful state ({Reason}): it recovers from storage and its gateways")]
    private static partial void LogDoubtful(ILogger logger, string room, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The last snapshot of room {Room} is not stored: it goes on from the one before")]
    private static partial void LogNotStored(ILogger logger, Exception? exception, string room);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} did not leave cleanly")]
    private static partial void LogFailed(ILogger logger, Exception exception, string room);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} left for another silo and did not arrive: it is opened again")]
    private static partial void LogLost(ILogger logger, string room);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} was to move and is still here")]
    private static partial void LogOverdue(ILogger logger, string room);
}
