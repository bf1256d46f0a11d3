// The two ports of a silo.
using System.Net;
using System.Net.Sockets;
using Aetheris.Hosting.Startup;

namespace Aetheris.Hosting.Cluster;

/// <summary>Ports for other silos and for gateways; 0 = no port for gateways.</summary>
internal readonly record struct SiloPorts(int Silo, int Gateway)
{
    /// <summary>Takes the configured ports, or free ones.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="address">Where the silo will listen.</param>
    /// <exception cref="StartupException">A port is taken. Orleans shares its ports: a second silo on them would push the first one out of the cluster.</exception>
    public static SiloPorts Choose(ClusterOptions options, IPAddress address)
    {
        var silo = FreePort(address, nameof(ClusterOptions.SiloPort), options.SiloPort ?? (options.IsAlone ? 0 : ClusterOptions.DefaultSiloPort));
        // The development clustering reads 0 as "no port for gateways", which is right for one process.
        var gateway = options.IsAlone && options.GatewayPort is null
            ? 0
            : FreePort(address, nameof(ClusterOptions.GatewayPort), options.GatewayPort ?? ClusterOptions.DefaultGatewayPort);
        return silo == gateway
            ? throw new StartupException($"{ClusterOptions.Section}:{nameof(ClusterOptions.GatewayPort)} is {gateway}, which {nameof(ClusterOptions.SiloPort)} has: they need one each")
            : new SiloPorts(silo, gateway);
    }

    // Between this look and the silo's own bind another process may take the port.
    private static int FreePort(IPAddress address, string key, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException exception)
        {
            throw new StartupException($"{ClusterOptions.Section}:{key} is {port}, and TCP port {port} cannot be opened: {exception.Message}", exception);
        }

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
