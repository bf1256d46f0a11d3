// How good a client's connection is, as numbers.
using Aetheris.Client.Input;
using Aetheris.Client.Transport;

namespace Aetheris.Client.Quality;

/// <summary>Figures over the life of a client, all its connections together.</summary>
public sealed class ClientQuality
{
    /// <summary>Sending an input → first acknowledgement whose AppliedTick covers it.</summary>
    public LatencyHistogram Echo { get; } = new();

    /// <summary>Time between consecutive newest server ticks as this client sees them.</summary>
    public LatencyHistogram Gap { get; } = new();

    /// <summary>Start of matching → in the room, every time.</summary>
    public LatencyHistogram Join { get; } = new();

    /// <summary>Last message of a connection → in the room through the next one.</summary>
    public LatencyHistogram Away { get; } = new();

    /// <summary>Ticks without input acknowledgement.</summary>
    public AckLedger Acks { get; } = new();

    /// <summary>Server ticks for which state arrived.</summary>
    public long Snapshots { get; internal set; }

    /// <summary>Connections lost against this client's will while in a room.</summary>
    public long Disconnects { get; internal set; }

    /// <summary>Times the client came back into a room.</summary>
    public long Reconnects { get; internal set; }

    /// <summary>Of those, how often to the same ship.</summary>
    public long SameShip { get; internal set; }

    /// <summary>Times a gateway sent the client on to another one.</summary>
    public long Redirects { get; internal set; }

    /// <summary>Messages that made no sense.</summary>
    public long Malformed { get; internal set; }

    /// <summary>Share of this connection's state datagrams that were lost or without effect, 0 … 1; 0 in codec 1.</summary>
    public double StateLoss { get; internal set; }

    /// <summary>State datagrams without effect: their base never arrived, they were late by a stream, or malformed.</summary>
    public long Undecoded { get; internal set; }

    /// <summary>Server ticks of which state came, but not the record of the own ship, though the player has one; codec 2.</summary>
    public long OwnRecordsMissing { get; internal set; }

    /// <summary>How old what is known of moving entities became before it was renewed, in server ticks where other histograms count microseconds; codec 2.</summary>
    public LatencyHistogram Staleness { get; } = new();

    /// <summary>Newest server tick at <see cref="Restart"/>, or the first one seen after it.</summary>
    public ulong FirstTick { get; private set; }

    /// <summary>When that was, microseconds.</summary>
    public long FirstTickAt { get; private set; }

    /// <summary>Newest server tick seen.</summary>
    public ulong LastTick { get; private set; }

    /// <summary>When it was seen, microseconds.</summary>
    public long LastTickAt { get; private set; }

    /// <summary>Last measured round trip in microseconds, 0 while unknown.</summary>
    public long RoundTripMicros { get; internal set; }

    /// <summary>Totals of closed connections.</summary>
    internal TransportCounters Closed;

    /// <summary>Begins a measurement: histograms and the tick span start over.</summary>
    public void Restart(long nowMicros)
    {
        Echo.Clear();
        Gap.Clear();
        Away.Clear();
        Staleness.Clear();
        FirstTick = LastTick;
        FirstTickAt = nowMicros;
    }

    internal void SeeTick(ulong tick, long nowMicros)
    {
        if (FirstTick == 0 || tick < FirstTick)
        {
            FirstTick = tick;
            FirstTickAt = nowMicros;
        }

        if (LastTickAt != 0)
            Gap.Record(nowMicros - LastTickAt);

        LastTick = tick;
        LastTickAt = nowMicros;
    }

    /// <summary>A new connection: the time without one is no gap between ticks.</summary>
    internal void SkipGap(long nowMicros) => LastTickAt = nowMicros;
}
