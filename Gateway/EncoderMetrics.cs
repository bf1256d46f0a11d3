// What codec 1 costs: durations, sizes and failures of its component path.
using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Components;

namespace Aetheris.Gateway;

/// <summary>
/// The seed's <c>aetheris_encoder_*</c>. Kinds are those that codec 1 knows, "event" for whole events and "other" for what a client made
/// up. Components are encoded thousands of times per tick, so every <see cref="SampleEvery"/>th is measured; everything else is.
/// </summary>
public sealed class EncoderMetrics
{
    /// <summary>One component in so many is measured when it is encoded.</summary>
    public const int SampleEvery = 64;

    private static readonly double[] DurationSeconds = [2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 1e-3, 1e-2];
    private static readonly KeyValuePair<string, object?> EncodeTag = new("operation", "encode");
    private static readonly KeyValuePair<string, object?> DecodeTag = new("operation", "decode");
    private static readonly KeyValuePair<string, object?> EventTag = new("kind", "event");
    private static readonly KeyValuePair<string, object?> OtherTag = new("kind", "other");

    private static readonly FrozenDictionary<ushort, KeyValuePair<string, object?>> Kinds = KnownKinds()
        .ToFrozenDictionary(kind => kind, kind => new KeyValuePair<string, object?>("kind", Label(kind)));

    private readonly Histogram<double> _encode;
    private readonly Histogram<double> _decode;
    private readonly Histogram<long> _size;
    private readonly LabelledCounter _errors;

    /// <summary>Creates the instruments.</summary>
    public EncoderMetrics(Meter meter)
    {
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationSeconds };
        _encode = meter.CreateHistogram("aetheris_encoder_encode_duration_seconds", description: "Time to encode a component or an event.", advice: seconds);
        _decode = meter.CreateHistogram("aetheris_encoder_decode_duration_seconds", description: "Time to decode a client's message.", advice: seconds);
        _size = meter.CreateHistogram(
            "aetheris_encoder_payload_size_bytes",
            description: "Size of a payload.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 16384] });
        _errors = new LabelledCounter(
            meter, "aetheris_encoder_errors_total", "Failures of the codec.", "type", ["header_serialize_fail", "buffer_overflow", "malformed_payload"]);
    }

    /// <summary>The numbers of all component kinds, as label values.</summary>
    public static IEnumerable<string> KindLabels => KnownKinds().Select(Label);

    /// <summary>The label of a kind: its number when codec 1 knows it.</summary>
    public static string LabelOf(ushort kind) => Kinds.TryGetValue(kind, out var tag) ? (string)tag.Value! : (string)OtherTag.Value!;

    /// <summary>A component was encoded.</summary>
    public void Encoded(ushort kind, long started, int bytes)
    {
        _encode.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, TagOf(kind));
        _size.Record(bytes, EncodeTag);
    }

    /// <summary>An event was encoded.</summary>
    public void EventEncoded(long started, int bytes)
    {
        _encode.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, EventTag);
        _size.Record(bytes, EncodeTag);
    }

    /// <summary>A framed update was decoded.</summary>
    public void Decoded(ushort kind, long started, int bytes)
    {
        _decode.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, TagOf(kind));
        _size.Record(bytes, DecodeTag);
    }

    /// <summary>An event was decoded.</summary>
    public void EventDecoded(long started, int bytes)
    {
        _decode.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, EventTag);
        _size.Record(bytes, DecodeTag);
    }

    /// <summary>Bytes of a client are neither an event nor an update.</summary>
    public void Malformed() => _errors.Add("malformed_payload");

    /// <summary>A value does not fit into a message and was left out.</summary>
    public void Overflow() => _errors.Add("buffer_overflow");

    private static IEnumerable<ushort> KnownKinds() => Codec1Components.Standard.All.ToArray().Select(codec => codec.Kind).Append(ComponentKinds.InputCommand);

    private static string Label(ushort kind) => kind.ToString(CultureInfo.InvariantCulture);

    private static KeyValuePair<string, object?> TagOf(ushort kind) => Kinds.TryGetValue(kind, out var tag) ? tag : OtherTag;
}
