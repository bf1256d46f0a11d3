// Who counts as one asker.
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Aetheris.Gateway.Http;

/// <summary>The address that limits count by: IPv4 whole, of IPv6 the /64, which one household or server has to itself.</summary>
public static class ClientAddress
{
    private const int PrefixBytes = 8;

    /// <summary>The asker's address in text; behind a trusted proxy the one that the proxy saw.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>An address in text; "unknown" for null, which all such askers share.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
