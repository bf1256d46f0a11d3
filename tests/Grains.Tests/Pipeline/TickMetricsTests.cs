// What a tick records.
using System.Diagnostics.Metrics;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Tests.Harness;

namespace Aetheris.Grains.Tests.Pipeline;

public sealed class TickMetricsTests
{
    [Fact]
    public void A_tick_records_its_duration_once_and_each_stage_once()
    {
        using var metrics = new GrainMetrics();
        var recorded = new List<string>();
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, enabler) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.TickDuration.Meter))
                enabler.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
            recorded.Add(tags.Length == 0 ? instrument.Name : instrument.Name + "/" + tags[0].Value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value);
        listener.Start();

        var mailbox = new RoomMailbox(metrics);
        var pipeline = new TickPipeline(new TickContext(Make.World(), mailbox, 1, metrics, 0));
        mailbox.Post(Make.Join(1));
        mailbox.Post(Make.Input(1, 1, 1, 0));
        mailbox.Post(Make.Input(1, 1, 1, 0, connection: 9));
        pipeline.Tick();

        Assert.Single(recorded, "aetheris_tick_duration_seconds");
        foreach (var stage in new[] { "poll", "apply", "simulate", "extract", "send" })
            Assert.Single(recorded, "aetheris_stage_duration_seconds/" + stage);
        Assert.Equal(1, counted["aetheris_ecs_updates_applied_total"]);
        Assert.Equal(1, counted["aetheris_ecs_unauthorized_updates_total"]);
        Assert.Equal(3, counted["aetheris_room_commands_total"]);
        Assert.True(counted["aetheris_ecs_extraction_count"] > 10);

        // The first tick has no predecessor, so there is no rate yet (T-03).
        Assert.Equal(0, pipeline.Figures.TickRate);
        pipeline.Tick();
        Assert.True(pipeline.Figures.TickRate > 0);
        Assert.Equal(3, pipeline.Figures.Entities);
    }
}
