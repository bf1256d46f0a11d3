// Every instrument that a silo and a gateway create.
using System.Diagnostics.Metrics;
using Aetheris.Gateway;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Grains.Metrics;
using Aetheris.Hosting.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Aetheris.Architecture.Tests.Reference;

internal static class InstrumentCollection
{
    // Labels come with measurements, and these instruments are only measured when something happens. OperatorTests compares with live servers.
    private static readonly Dictionary<string, string[]> LabelsOfEvents = new(StringComparer.Ordinal)
    {
        ["aetheris_stage_duration_seconds"] = ["stage"],
        ["aetheris_room_commands_dropped_total"] = ["reason"],
        ["aetheris_room_moves_total"] = ["outcome"],
        ["aetheris_room_deactivation_alarms_total"] = ["step"],
        ["aetheris_room_recoveries_total"] = ["outcome"],
        ["aetheris_edge_drops_total"] = ["reason"],
        ["aetheris_encoder_encode_duration_seconds"] = ["kind"],
        ["aetheris_encoder_decode_duration_seconds"] = ["kind"],
        ["aetheris_encoder_payload_size_bytes"] = ["operation"],
    };

    /// <summary>All instruments by name.</summary>
    public static List<KnownInstrument> Collect()
    {
        var found = new List<Instrument>();
        var labels = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (!instrument.Meter.Name.StartsWith("Aetheris.", StringComparison.Ordinal))
                    return;
                found.Add(instrument);
                listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        listener.Start();
        using var grains = new GrainMetrics();
        using var gateway = new GatewayMetrics();
        _ = new Codec2Metrics(ChannelRegistry.Standard, gateway.Meter);
        _ = new ProcessMetrics(services.GetRequiredService<IMeterFactory>());
        listener.RecordObservableInstruments();

        return [.. found.GroupBy(instrument => instrument.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Describe)];

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
                (labels.TryGetValue(instrument.Name, out var known) ? known : labels[instrument.Name] = new SortedSet<string>(StringComparer.Ordinal)).Add(tag.Key);
        }

        KnownInstrument Describe(IGrouping<string, Instrument> group)
        {
            var instrument = group.First();
            IEnumerable<string> names = labels.TryGetValue(group.Key, out var seen) ? seen : LabelsOfEvents.GetValueOrDefault(group.Key, []);
            var label = string.Join(", ", names.Select(name => $"`{name}`"));
            var meters = group.Select(each => each.Meter.Name).ToHashSet(StringComparer.Ordinal);

            // Both create the counter of refused inputs, under one name.
            var processes = group.Count() > 1 || meters.Contains("Aetheris.Hosting") ? "all" : meters.Contains(GatewayMetrics.MeterName) ? "gateway" : "silo";
            return new KnownInstrument(group.Key, TypeOf(instrument), label.Length == 0 ? "—" : label, (instrument.Description ?? string.Empty).TrimEnd('.'), processes);
        }
    }

    private static string TypeOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.Contains("Histogram", StringComparison.Ordinal) ? "histogram" : type.Contains("Gauge", StringComparison.Ordinal) ? "gauge" : "counter";
    }
}
