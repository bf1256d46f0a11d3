// What the composition adds, and what it leaves to the host.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace Aetheris.Grains.Tests.Configuration;

public sealed class CompositionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_storage_is_added_only_where_the_host_brings_none(bool hostBringsStorage)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            if (hostBringsStorage)
                silo.AddMemoryGrainStorage(AetherisGrains.Storage);
            silo.AddAetherisGrains(new ConfigurationBuilder().Build());
        });
        Assert.Single(builder.Services, service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, AetherisGrains.Storage));
    }
}
