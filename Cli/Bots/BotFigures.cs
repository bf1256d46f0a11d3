// The counters of one bot at one moment, so that a window between two moments can be reported.
using Aetheris.Client.Input;
using Aetheris.Client.Quality;
using Aetheris.Client.Transport;

namespace Aetheris.Cli.Bots;

/// <summary>A copy of a bot's counters.</summary>
internal sealed class BotFigures
{
    public BotFigures(Bot bot, long nowMicros)
    {
        var client = bot.Client;
        At = nowMicros;
        Inputs = client.Inputs.Counts;
        Traffic = client.Traffic;
        Snapshots = client.Quality.Snapshots;
        Disconnects = client.Quality.Disconnects;
        Reconnects = client.Quality.Reconnects;
        SameShip = client.Quality.SameShip;
        Redirects = client.Quality.Redirects;
        Mispredictions = client.Prediction.Mispredictions;
        Predictions = client.Prediction.Compared;
        AcksMissing = client.Quality.Acks.Missing;
        AcksReceived = client.Quality.Acks.Received;
        Malformed = client.Quality.Malformed;
        DatagramsSeen = client.Impairment.Seen;
        DatagramsDropped = client.Impairment.Dropped;
        DatagramsOverflowed = client.Impairment.Overflowed;
        Echo.Add(client.Quality.Echo);
        Gap.Add(client.Quality.Gap);
        Join.Add(client.Quality.Join);
        Away.Add(client.Quality.Away);
        LateInputs = client.Clock.LateInputs;
        Undecoded = client.Quality.Undecoded;
        StateLoss = client.Quality.StateLoss;
        Frames = client.Scene.Clock.Frames;
        LateFrames = client.Scene.Clock.LateFrames;
        BufferTicks = client.Scene.Clock.DelayTicks;
        JitterMs = client.Scene.Clock.JitterMs;
        MarginMs = client.Clock.MarginMicros / 1000;
        RoundTripMs = client.Quality.RoundTripMicros / 1000.0;
        Corrections.Add(client.Scene.Correction.Corrections);
        ShownErrors.Add(client.Scene.Correction.ShownErrors);
        client.View.NoteStaleness();
        Staleness.Add(client.Quality.Staleness);
        OwnRecordsMissing = client.Quality.OwnRecordsMissing;
        TickHz = Rate(client.Quality, nowMicros);
    }

    public long At { get; }

    public InputCounts Inputs { get; }

    public TransportCounters Traffic { get; }

    public long Snapshots { get; }

    public long Disconnects { get; }

    public long Reconnects { get; }

    public long SameShip { get; }

    public long Redirects { get; }

    public long Mispredictions { get; }

    public long Predictions { get; }

    public long AcksMissing { get; }

    public long AcksReceived { get; }

    public long Malformed { get; }

    public long DatagramsSeen { get; }

    public long DatagramsDropped { get; }

    public long DatagramsOverflowed { get; }

    public LatencyHistogram Echo { get; } = new();

    public LatencyHistogram Gap { get; } = new();

    public LatencyHistogram Join { get; } = new();

    public LatencyHistogram Away { get; } = new();

    public double TickHz { get; }

    public long LateInputs { get; }

    public long Undecoded { get; }

    public double StateLoss { get; }

    public long Frames { get; }

    public long LateFrames { get; }

    public double BufferTicks { get; }

    public double JitterMs { get; }

    public double MarginMs { get; }

    public double RoundTripMs { get; }

    public LatencyHistogram Corrections { get; } = new();

    public LatencyHistogram ShownErrors { get; } = new();

    public LatencyHistogram Staleness { get; } = new();

    public long OwnRecordsMissing { get; }

    /// <summary>Ticks advanced ÷ seconds since the window began.</summary>
    private static double Rate(ClientQuality quality, long now) =>
        quality.FirstTick == 0 || quality.LastTick <= quality.FirstTick
            ? 0
            : (quality.LastTick - quality.FirstTick) * 1_000_000.0 / Math.Max(1, now - quality.FirstTickAt);
}
