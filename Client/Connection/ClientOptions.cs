// What a client is asked to do.
using Aetheris.Client.Impairment;
using Aetheris.Client.Transport;
using Aetheris.World;

namespace Aetheris.Client.Connection;

/// <summary>Options of one client; fixed for its life.</summary>
public sealed record ClientOptions
{
    /// <summary>Room to join, or null.</summary>
    public string? Room { get; init; }

    /// <summary>Template to match, or null. With neither the server chooses its default room.</summary>
    public string? Template { get; init; }

    /// <summary>Watch without a ship.</summary>
    public bool Spectate { get; init; }

    /// <summary>How the room's state travels: 2 (deltas against what this client has) or 1 (the original's full values).</summary>
    public byte Codec { get; init; } = 2;

    /// <summary>Rules of the rooms, the game's own components included; codec 2 reads state by them.</summary>
    public WorldDefinition World { get; init; } = WorldDefinition.Standard;

    /// <summary>UDP or WebSocket.</summary>
    public TransportKind Transport { get; init; }

    /// <summary>Inputs per packet, 1–8.</summary>
    public int Redundancy { get; init; } = 4;

    /// <summary>Inputs per second; at most the room's tick rate.</summary>
    public int InputHz { get; init; } = 60;

    /// <summary>Attempts to come back after a lost connection, or to get in at first, before giving up; 0 = none.</summary>
    public int MaxReconnectAttempts { get; init; } = 20;

    /// <summary>Loss and delay for tests, or null.</summary>
    public ImpairmentOptions? Impairment { get; init; }

    /// <summary>
    /// For load tests, codec 2: state datagrams are acknowledged after their heads alone, and no view is built. To a gateway it is a client
    /// like any other, at a small part of the work.
    /// </summary>
    internal bool ReadsHeadsOnly { get; init; }

    /// <summary>Seed of the backoff's jitter.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Microseconds for the match call.</summary>
    public long MatchDeadlineMicros { get; init; } = 10_000_000;

    /// <summary>Microseconds to open the connection.</summary>
    public long ConnectDeadlineMicros { get; init; } = 5_000_000;

    /// <summary>Microseconds from connection to the room.</summary>
    public long JoinDeadlineMicros { get; init; } = 5_000_000;

    /// <summary>Microseconds without any message after which the client leaves for the next gateway (DESIGN §3).</summary>
    public long SilenceMicros { get; init; } = 1_000_000;
}
