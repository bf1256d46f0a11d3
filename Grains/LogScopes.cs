// What lines of the log belong to, also those that libraries write meanwhile.
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains;

/// <summary>
/// Scopes for work that is done for one room or one player outside the tick: storage and recovery. Our own lines carry the same fields,
/// <c>Room</c> and <c>Player</c>, in themselves. Not for hot paths.
/// </summary>
internal static class LogScopes
{
    private static readonly Func<ILogger, string, IDisposable?> Room = LoggerMessage.DefineScope<string>("Room {Room}");
    private static readonly Func<ILogger, string, IDisposable?> Player = LoggerMessage.DefineScope<string>("Player {Player}");

    /// <summary>Until it is disposed, everything logged in this flow is about a room.</summary>
    public static IDisposable? ForRoom(this ILogger logger, string room) => Room(logger, room);

    /// <summary>Until it is disposed, everything logged in this flow is about a player's session.</summary>
    public static IDisposable? ForPlayer(this ILogger logger, string player) => Player(logger, player);
}
