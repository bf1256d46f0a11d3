// Ports that were free a moment ago.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Cluster.Tests;

internal static class FreePort
{
    public static int Tcp() => Of(SocketType.Stream, ProtocolType.Tcp);

    public static int Udp() => Of(SocketType.Dgram, ProtocolType.Udp);

    private static int Of(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
