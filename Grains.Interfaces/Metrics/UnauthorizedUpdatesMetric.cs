// The one instrument that rooms and gateways both move.
using System.Diagnostics.Metrics;

namespace Aetheris.Grains.Interfaces.Metrics;

/// <summary>
/// Inputs of who does not steer the ship (TICK_PIPELINE §4). A gateway refuses those it can judge, the room all others. Meter, name and
/// description are the same in both, so that a process with both exports one total.
/// </summary>
public static class UnauthorizedUpdatesMetric
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Aetheris.Grains";

    /// <summary>Registers the counter.</summary>
    public static Counter<long> CreateCounter(Meter meter) => meter.CreateCounter<long>(
        "aetheris_ecs_unauthorized_updates_total", description: "Inputs of connections that do not steer the ship");
}
