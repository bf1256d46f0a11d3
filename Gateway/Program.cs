// The edge: a client of the cluster with UDP, WebSocket and HTTP doors.
using Aetheris.Gateway;
using Aetheris.Hosting;
using Aetheris.Hosting.Cluster;

return await AetherisHost.RunAsync(
    ProcessRole.Gateway,
    args,
    builder =>
    {
        builder.UseAetherisClusterClient();
        builder.AddAetherisGateway();
    },
    app => app.MapAetherisGateway());
