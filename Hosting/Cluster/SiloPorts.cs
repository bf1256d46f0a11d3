// The two ports of a silo.
using System.Net;
using System.Net.Sockets;
using Aetheris.Hosting.Startup;

namespace Aetheris.Hosting.Cluster;

/// <summary>Ports for other silos and for gateways; 0 = no port for gateways.</summary>
internal readonly record struct SiloPorts(int Silo, int Gateway)
{
    /// <summary>Takes the configured ports, or free ones.</summary>
    /// <exception cref="StartupException">A port is taken. Orleans shares its ports: a second silo on them would push the first one out of the cluster.</exception>
    public static SiloPorts Choose(ClusterOptions options)
    {
        var silo = FreePort(nameof(ClusterOptions.SiloPort), options.SiloPort ?? (options.IsAlone ? 0 : ClusterOptions.DefaultSiloPort));
        // The development clustering reads 0 as "no port for gateways", which is right for one process.
        var gateway = options.IsAlone && options.GatewayPort is null
            ? 0
            : FreePort(nameof(ClusterOptions.GatewayPort), options.GatewayPort ?? ClusterOptions.DefaultGatewayPort);
        return silo == gateway
            ? throw new StartupException($"{ClusterOptions.Section}:{nameof(ClusterOptions.GatewayPort)} is {gateway}, which {nameof(ClusterOptions.SiloPort)} has: they need one each")
            : new SiloPorts(silo, gateway);
    }

    // Between this look and the silo's own bind another process may take the port.
    private static int FreePort(string key, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            socket.Listen();
        }
        catch (SocketException exception)
        {
            throw new StartupException($"{ClusterOptions.Section}:{key} is {port}, and TCP port {port} cannot be opened: {exception.Message}", exception);
        }

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
