// The two ports of a silo.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Hosting.Cluster;

/// <summary>Ports for other silos and for gateways; 0 = no port for gateways.</summary>
internal readonly record struct SiloPorts(int Silo, int Gateway)
{
    public static SiloPorts Choose(ClusterOptions options) => new(
        OrFree(options.SiloPort ?? (options.IsAlone ? 0 : ClusterOptions.DefaultSiloPort)),
        // The development clustering reads 0 as "no port for gateways", which is right for one process.
        options.IsAlone && options.GatewayPort is null ? 0 : OrFree(options.GatewayPort ?? ClusterOptions.DefaultGatewayPort));

    // Between this look and the silo's own bind another process may take the port; the start then fails readably.
    private static int OrFree(int port)
    {
        if (port != 0)
            return port;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
