// A silo in this process for the tests of the grains.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.World;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Aetheris.Grains.Tests.Cluster;

public sealed class ClusterFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private InProcessTestCluster? _cluster;

    /// <summary>Our rules and one that throws.</summary>
    public static WorldDefinition Definition { get; } = BuildDefinition();

    public IGrainFactory Grains => _cluster!.Client;

    public IRoomDirectoryGrain Directory => Grains.GetGrain<IRoomDirectoryGrain>(0);

    /// <summary>Waits until a condition holds; fails when it does not within a bounded time.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, "not in time: " + what);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async Task<IRoomGrain> OpenAsync(string room)
    {
        await Directory.MatchAsync(new MatchRequest(room, null, Privileged: true, []));
        return Grains.GetGrain<IRoomGrain>(room);
    }

    public IRoomObserver Reference(IRoomObserver observer) => Grains.CreateObjectReference<IRoomObserver>(observer);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                KeyValuePair.Create("Aetheris:Demo:Pilots", (string?)"3"),
                KeyValuePair.Create("Aetheris:Room:HistoryTicks", (string?)"60"),
                KeyValuePair.Create("Aetheris:Rooms:Templates:brief:IdleCloseSeconds", (string?)"1"),
            ])
            .Build();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(Definition);
            silo.AddAetherisGrains(configuration);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    private static WorldDefinition BuildDefinition()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddSystem(new ThrowingSystem());
        return builder.Build();
    }
}
