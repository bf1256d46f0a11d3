// Makes a process a member of the cluster.
using System.Net;
using System.Net.Sockets;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Aetheris.Hosting.Cluster;

/// <summary>The silo in a host.</summary>
public static class SiloHosting
{
    // A caller that waits longer has been forgotten; gateways repeat what matters by themselves.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds a silo for the configured <see cref="ClusterMode"/>; the host's own grain client is part of it.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Adds what the silo hosts.</param>
    public static void UseAetherisSilo(this IHostApplicationBuilder builder, Action<ISiloBuilder>? configure = null)
    {
        var options = ClusterOptions.Read(builder.Configuration);
        var memory = options.Mode == ClusterMode.Memory;
        var siloPort = PortOrFree(options.SiloPort ?? (memory ? 0 : ClusterOptions.DefaultSiloPort));
        // The development clustering reads 0 as "no port for gateways", which is right for one process.
        var gatewayPort = memory && options.GatewayPort is null ? 0 : PortOrFree(options.GatewayPort ?? ClusterOptions.DefaultGatewayPort);
        var primary = memory || options.PrimaryEndpoint is null ? new IPEndPoint(IPAddress.Loopback, siloPort) : IPEndPoint.Parse(options.PrimaryEndpoint);
        var name = string.IsNullOrWhiteSpace(options.SiloName) ? $"{Environment.MachineName}-{siloPort}" : options.SiloName;

        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, primary, options.ServiceId, options.ClusterId);
            silo.Configure<SiloOptions>(silo => silo.SiloName = name);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            configure?.Invoke(silo);
        });
        builder.Services.AddClusterProbe();
        builder.Services.AddHostedService(provider => new SiloPortReport(provider.GetRequiredService<ReadyLine>(), siloPort));
    }

    // Between this look and the silo's own bind another process may take the port; the start then fails readably.
    private static int PortOrFree(int port)
    {
        if (port != 0)
            return port;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
