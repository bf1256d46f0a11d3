// The record of privileged acts: who, where, what, and whether it was allowed.
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Structured lines in a category of its own, so that a deployment can route and keep them (T-52, T-D10): one per allowed command, and
/// per refused one up to a rate, with the number of those in between. They tell the gateway's verdict; what a room then does, such as
/// spawning fewer entities than asked because it is full, is in the room's figures.
/// </summary>
internal static partial class AuditLog
{
    /// <summary>The log category.</summary>
    public const string Category = "Aetheris.Audit";

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "{Command} by player {Player} (role {Role}) in room {Room}: {Outcome} {Detail}")]
    public static partial void Allowed(ILogger logger, string command, PlayerId player, string role, string room, string outcome, string detail);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "{Command} by player {Player} (role {Role}) in room {Room}: refused, {Reason}; {Unwritten} earlier refusals not written")]
    public static partial void Refused(ILogger logger, string command, PlayerId player, string role, string room, string reason, int unwritten);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "Connection of player {Player} (role {Role}) in room {Room} ended: {Unwritten} refusals not written")]
    public static partial void Unwritten(ILogger logger, PlayerId player, string role, string room, int unwritten);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Information, Message = "{Command} of {Target} by operator {Player} (role {Role}): {Outcome}")]
    public static partial void Operated(ILogger logger, string command, string target, PlayerId player, string role, string outcome);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Warning, Message = "{Method} {Path} by {Player} from address {Address}: refused, {Reason}; {Unwritten} earlier refusals not written")]
    public static partial void AccessRefused(ILogger logger, string method, string path, string player, string address, string reason, int unwritten);
}
