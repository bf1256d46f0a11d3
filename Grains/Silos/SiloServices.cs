// Registration of what a silo does as a member of a cluster.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Grains.Silos;

/// <summary>Placement, reports, drain and rebalancing.</summary>
public static class SiloServices
{
    /// <summary>What placement and <see cref="SiloGrain"/> need; part of every silo.</summary>
    internal static void AddSilos(this IServiceCollection services)
    {
        services.TryAddSingleton<SiloViews>();
        services.TryAddSingleton<SiloDrain>();
        services.TryAddSingleton<SiloReports>();
        services.AddPlacementDirector<SiloByNamePlacement, SiloByNameDirector>();
        services.AddPlacementDirector<RoomPlacement, RoomDirector>();
    }

    /// <summary>What runs beside a silo. Called after the silo is added: hosted services stop in reverse order, and the drain needs the silo.</summary>
    public static void AddSiloUpkeep(this IServiceCollection services)
    {
        services.AddHostedService(static provider => provider.GetRequiredService<SiloReports>());
        services.AddHostedService<Rebalancing>();
        services.AddHostedService<DrainOnStop>();
    }
}
