// Ports that were free a moment ago.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Cluster.Tests;

internal static class FreePort
{
    public static int Tcp() => Of(SocketType.Stream, ProtocolType.Tcp);

    public static int Udp() => Of(SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Free for both.</summary>
    public static int Both()
    {
        while (true)
        {
            var port = Tcp();
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken for UDP: another one.
            }
        }
    }

    private static int Of(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
