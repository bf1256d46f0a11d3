// What every connection shares.
using Aetheris.Gateway.Chat;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Connections;

/// <summary>Services of connections.</summary>
public sealed record ConnectionServices
{
    /// <summary>This gateway.</summary>
    public required GatewayId Gateway { get; init; }

    /// <summary>Settings.</summary>
    public required GatewayOptions Options { get; init; }

    /// <summary>Time.</summary>
    public required EdgeClock Clock { get; init; }

    /// <summary>Instruments.</summary>
    public required GatewayMetrics Metrics { get; init; }

    /// <summary>Log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Where privileged acts are written down.</summary>
    public required ILogger Audit { get; init; }

    /// <summary>Connect tokens.</summary>
    public required IConnectTokens Tokens { get; init; }

    /// <summary>Sessions.</summary>
    public required ISessionPort Sessions { get; init; }

    /// <summary>From where nobody is let in.</summary>
    public required BannedAddresses Banned { get; init; }

    /// <summary>Room links.</summary>
    public required RoomLinks Rooms { get; init; }

    /// <summary>Where lines of chat go; null = nowhere.</summary>
    public IRoomChat? Chat { get; init; }

    /// <summary>Whether privileged messages need no role.</summary>
    public required bool IsDevelopment { get; init; }
}
