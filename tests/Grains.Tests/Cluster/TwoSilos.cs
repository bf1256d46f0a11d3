// Two silos in this process over one storage that outlives them.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Silos;
using Aetheris.Grains.Tests.Harness;
using Aetheris.World;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Aetheris.Grains.Tests.Cluster;

public sealed class TwoSilos : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public InProcessTestCluster Cluster => _cluster!;

    public FakeStorage Storage { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>Rules of the second silo, when they are others than the first one's.</summary>
    public WorldDefinition? OtherRules { get; init; }

    public IGrainFactory Grains => Cluster.Client;

    public async Task<IRoomGrain> OpenAsync(string room)
    {
        await Grains.GetGrain<IRoomDirectoryGrain>(0).MatchAsync(new MatchRequest(room, null, Privileged: true, []));
        return Grains.GetGrain<IRoomGrain>(room);
    }

    public IRoomObserver Reference(IRoomObserver observer) => Grains.CreateObjectReference<IRoomObserver>(observer);

    /// <summary>The other silo's name.</summary>
    public string Other(string silo) => Cluster.Silos.Single(handle => handle.Name != silo).Name;

    public RoomRegistry Registry(string silo) => Services(silo).GetRequiredService<RoomRegistry>();

    public IServiceProvider Services(string silo) => Cluster.Silos.Single(handle => handle.Name == silo).ServiceProvider;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                KeyValuePair.Create("Aetheris:Room:HistoryTicks", (string?)"120"),
                KeyValuePair.Create("Aetheris:Rooms:Templates:brief:IdleCloseSeconds", (string?)"1"),
            ])
            .Build();
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton(OtherRules is not null && options.SiloName.EndsWith('1') ? OtherRules : WorldDefinition.Standard);
            silo.Services.AddKeyedSingleton<IGrainStorage>(AetherisGrains.Storage, Storage);
            silo.Services.AddSingleton(Faults);
            silo.Services.AddSingleton<RoomCarrier>();
            silo.Services.AddSingleton<MoveTargets>();
            silo.Services.AddSingleton<SiloStanding>();
            silo.Services.AddSingleton<IRoomCarrier, Faults.Carrier>();
            silo.Services.AddSingleton<IMoveTargets, Faults.Targets>();
            silo.Services.AddSingleton<ISiloStanding, Faults.Standing>();
            silo.Services.AddSingleton<ILoggerProvider>(Faults);
            silo.AddAetherisGrains(configuration);
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumVotesForDeathDeclaration = 1;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
