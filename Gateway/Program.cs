// The edge: a client of the cluster with UDP, WebSocket and HTTP doors.
using Aetheris.Gateway;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Hosting;
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Operations;
using Orleans.Dashboard;

return await AetherisHost.RunAsync(
    ProcessRole.Gateway,
    args,
    builder =>
    {
        builder.UseAetherisClusterClient(client =>
        {
            client.AddMemoryStreams(ShardStreams.Provider, streams => streams.ConfigurePartitioning(1));
            if (Dashboard.IsOn(builder.Configuration, builder.Environment))
                client.AddDashboard();
        });
        builder.AddAetherisGateway();
    },
    app => app.MapAetherisGateway());
