// Who asks over HTTP.
using System.Net;
using Aetheris.Gateway.Connections;
using Microsoft.AspNetCore.Http;

namespace Aetheris.Gateway.Http;

/// <summary>The <see cref="AddressKey"/> that limits count by, in text.</summary>
public static class ClientAddress
{
    /// <summary>The asker's; behind a trusted proxy that of the address that the proxy saw.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>An address's; "unknown" for null, which all such askers share.</summary>
    public static string Of(IPAddress? address) => address is null ? "unknown" : AddressKey.Of(address).ToString();
}
