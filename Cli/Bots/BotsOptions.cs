// What a bots run is asked to do: the options of DESIGN §4.
using Aetheris.Client.Transport;

namespace Aetheris.Cli.Bots;

/// <summary>Options of one run.</summary>
public sealed record BotsOptions
{
    /// <summary>Base URL of a gateway.</summary>
    public required string Http { get; init; }

    /// <summary>Clients, at least 1.</summary>
    public int Clients { get; init; } = 10;

    /// <summary>Seconds that are measured.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Seconds between the last join and the measurement.</summary>
    public double Warmup { get; init; } = 1;

    /// <summary>Seconds without inputs between the measurement and the check against the room.</summary>
    public double Settle { get; init; } = 2;

    /// <summary>Rooms; bot n is in room n modulo their number.</summary>
    public required IReadOnlyList<string> Rooms { get; init; }

    /// <summary>Inputs per second.</summary>
    public int InputHz { get; init; } = 60;

    /// <summary>Share of bots that steer; the others send neutral inputs.</summary>
    public double Moving { get; init; } = 1;

    /// <summary>State codec, 1 or 2.</summary>
    public byte Codec { get; init; } = 2;

    /// <summary>UDP or WebSocket.</summary>
    public TransportKind Transport { get; init; }

    /// <summary>Probability that a datagram disappears, per direction.</summary>
    public double Loss { get; init; }

    /// <summary>One-way delay.</summary>
    public double LatencyMs { get; init; }

    /// <summary>Deviation of the delay.</summary>
    public double JitterMs { get; init; }

    /// <summary>Reconnects per second over all bots.</summary>
    public double Churn { get; init; }

    /// <summary>Watch without ships.</summary>
    public bool Spectate { get; init; }

    /// <summary>Clients that decode state, from the first on; the others acknowledge after the heads of datagrams. Null = all.</summary>
    public int? Decode { get; init; }

    /// <summary>Seed of impairment and steering.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Entity whose replication to the first bot is explained, or null.</summary>
    public ulong? Explain { get; init; }

    /// <summary>Whether datagrams are lost or delayed on purpose.</summary>
    public bool IsImpaired => Loss > 0 || LatencyMs > 0 || JitterMs > 0;
}
