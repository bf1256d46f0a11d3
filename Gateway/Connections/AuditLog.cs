// The record of privileged acts: who, where, what, and whether it was allowed.
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Connections;

/// <summary>One structured line per act, in a category of its own, so that a deployment can route and keep it (T-52, T-D10).</summary>
internal static partial class AuditLog
{
    /// <summary>The log category.</summary>
    public const string Category = "Aetheris.Audit";

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "{Command} by player {Player} (role {Role}) in room {Room}: {Outcome} {Detail}")]
    public static partial void Allowed(ILogger logger, string command, PlayerId player, string role, string room, string outcome, string detail);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "{Command} by player {Player} (role {Role}) in room {Room}: refused, {Reason}; {Unwritten} earlier refusals not written")]
    public static partial void Refused(ILogger logger, string command, PlayerId player, string role, string room, string reason, int unwritten);
}
