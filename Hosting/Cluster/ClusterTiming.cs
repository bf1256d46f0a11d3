// How fast the cluster notices that a process is gone: measured in DESIGN §6.
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Aetheris.Hosting.Cluster;

/// <summary>
/// 500 ms × 3 with one vote: a killed silo is dead in about a second, a hanging one in about five, and no false death was seen in 2 × 3
/// minutes with every core saturated.
/// </summary>
internal static class ClusterTiming
{
    private const int MissedProbes = 3;

    private static readonly TimeSpan MaxProbeTimeout = TimeSpan.FromMilliseconds(1500);

    // A caller that waits longer has been forgotten; gateways repeat what matters by themselves.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(3);

    // A hanging process accepts connections and says nothing: waiting for it holds up what could go elsewhere.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static void AddMembershipTiming(this IServiceCollection services)
    {
        services.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
            membership.NumMissedProbesLimit = MissedProbes;
            // No vote while a message of the silo came within three of these: that is what a silent one is given. The default is four probe timeouts.
            membership.MaxProbeTimeout = MaxProbeTimeout;
            membership.NumVotesForDeathDeclaration = 1;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            // Three of these unseen and a row counts as left over: a cluster whose silos were all killed starts again without waiting for them.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        // The guard of the directory against a falsely accused silo that still runs; the default of 30 s made recovery take 25 s. What is
        // waited for is this less the time that a silent silo is given, the longest that it can be about to notice. Behind it stands the
        // room's epoch, by compare-and-set: a second of waiting made ten kills cost 2.1 to 2.6 s of play.
        services.Configure<GrainDirectoryOptions>(directory =>
            directory.RangeLeaseDuration = (MaxProbeTimeout * MissedProbes) + TimeSpan.FromMilliseconds(250));
        // The default of two hours would keep a stuck activation, and its room, for as long.
        services.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = ResponseTimeout;
            messaging.MaxRequestProcessingTime = TimeSpan.FromSeconds(30);
        });
        services.AddClientTiming();
    }

    public static void AddClientTiming(this IServiceCollection services)
    {
        services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        services.Configure<ConnectionOptions>(connection => connection.OpenConnectionTimeout = ConnectTimeout);
        // How long a gateway goes on calling at a dead silo's door.
        services.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
    }
}
