// What players of a run felt: corrections, buffers, late inputs.
using System.Text.Json;
using Aetheris.Client.Quality;

namespace Aetheris.Cli.Bots;

/// <summary>Sums and means over all bots in the measured window.</summary>
internal sealed class FeelFigures
{
    private const double MicrometresPerMillimetre = 1000;

    private readonly LatencyHistogram _corrections = new();
    private readonly LatencyHistogram _shownErrors = new();
    private long _lateInputs;
    private long _undecoded;
    private long _frames;
    private long _lateFrames;
    private double _loss;
    private double _buffer;
    private double _jitter;
    private double _margin;
    private double _roundTrip;
    private int _bots;

    /// <summary>Adds one bot.</summary>
    public void Add(BotFigures from, BotFigures to)
    {
        _bots++;
        _lateInputs += to.LateInputs - from.LateInputs;
        _undecoded += to.Undecoded - from.Undecoded;
        _frames += to.Frames - from.Frames;
        _lateFrames += to.LateFrames - from.LateFrames;
        _loss += to.StateLoss;
        _buffer += to.BufferTicks;
        _jitter += to.JitterMs;
        _margin += to.MarginMs;
        _roundTrip += to.RoundTripMs;
        _corrections.Add(to.Corrections);
        _shownErrors.Add(to.ShownErrors);
    }

    /// <summary>Writes the fields into an open object.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        var bots = Math.Max(1, _bots);
        json.WriteNumber("inputs_late", _lateInputs);
        json.WriteNumber("state_undecoded", _undecoded);
        Write(json, "state_loss_share", _loss / bots);
        Write(json, "margin_ms", _margin / bots);
        Write(json, "rtt_ms", _roundTrip / bots);
        Write(json, "jitter_ms", _jitter / bots);
        Write(json, "buffer_ticks", _buffer / bots);
        Write(json, "late_frames_share", _lateFrames / Math.Max(1.0, _frames));
        json.WriteNumber("corrections", _corrections.Count);
        WriteMetres(json, "correction_m", _corrections);
        WriteMetres(json, "render_error_m", _shownErrors);
    }

    /// <summary>One line for people.</summary>
    public void WriteText(TextWriter output)
    {
        var bots = Math.Max(1, _bots);
        output.WriteLine(FormattableString.Invariant(
            $"feel: {_lateInputs} inputs late, margin {_margin / bots:F1} ms, rtt {_roundTrip / bots:F1} ms, jitter {_jitter / bots:F1} ms, buffer {_buffer / bots:F1} ticks, {100.0 * _lateFrames / Math.Max(1, _frames):F1} % of frames beyond it; {_corrections.Count} corrections, p99 {Metres(_corrections, 0.99):F3} m, shown error p99 {Metres(_shownErrors, 0.99):F3} m"));
    }

    // Histograms of lengths count micrometres where those of times count microseconds: a "millisecond" is a millimetre.
    private static double Metres(LatencyHistogram lengths, double share) => lengths.PercentileMs(share) / MicrometresPerMillimetre;

    private static void Write(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 4));

    private static void WriteMetres(Utf8JsonWriter json, string name, LatencyHistogram lengths)
    {
        json.WriteStartObject(name);
        Write(json, "p50", Metres(lengths, 0.5));
        Write(json, "p99", Metres(lengths, 0.99));
        Write(json, "max", lengths.MaxMicros / 1_000_000.0);
        json.WriteEndObject();
    }
}
