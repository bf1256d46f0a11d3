// Puts the embedded store into Standalone where it is configured.
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aetheris.Standalone;

internal static class EmbeddedStoreHosting
{
    /// <summary>Comes before the silo: what is registered first starts first and stops last.</summary>
    public static void AddEmbeddedStore(this WebApplicationBuilder builder)
    {
        var options = ClusterOptions.Read(builder.Configuration);
        if (!options.IsEmbedded)
            return;
        builder.Services.AddSingleton(new EmbeddedStore(options));
        builder.Services.AddSingleton<IEmbeddedStore>(provider => provider.GetRequiredService<EmbeddedStore>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EmbeddedStore>());
        builder.Services.AddHostedService<EmbeddedStoreCheckpoints>();
    }
}
