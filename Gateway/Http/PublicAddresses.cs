// The addresses that clients are told.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Udp;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Http;

/// <summary>
/// Configured public addresses, or what the asking client used to get here. A gateway without a configured host lists itself as
/// "localhost", and answers put the asking client's host in that place: right wherever all gateways share one address.
/// </summary>
public sealed class PublicAddresses(GatewayIdentity gateway, IOptions<GatewayOptions> options, UdpListener udp, IServer server)
{
    private const string Unknown = "localhost";

    /// <summary>This gateway.</summary>
    public GatewayId Id => gateway.Id;

    /// <summary>This gateway as the directory knows it.</summary>
    public GatewayListing Listing(int connections, bool draining)
    {
        var http = BaseUrl($"{Scheme()}://{Host(null)}:{HttpPort()}");
        return new GatewayListing(gateway.Id, http, Host(null), UdpPort(), Ws(http), connections, draining);
    }

    /// <summary>This gateway as the asking client should see it.</summary>
    public GatewayAddress Own(HttpRequest request)
    {
        var http = BaseUrl($"{request.Scheme}://{request.Host.Value}");
        return new GatewayAddress(gateway.Id.ToString(), http, new UdpAddress(Host(request), UdpPort()), Ws(http));
    }

    /// <summary>Another gateway as the asking client should see it.</summary>
    public static GatewayAddress Other(GatewayListing listing, HttpRequest request) => new(
        listing.Gateway.ToString(),
        Here(listing.Http, request),
        new UdpAddress(string.Equals(listing.UdpHost, Unknown, StringComparison.Ordinal) ? RequestHost(request) : listing.UdpHost, listing.UdpPort),
        Here(listing.WebSocket, request));

    private static string Here(string url, HttpRequest request) =>
        url.Replace("://" + Unknown + ":", "://" + request.Host.Host + ":", StringComparison.Ordinal);

    private static string RequestHost(HttpRequest request) => request.Host.Host.Trim('[', ']');

    private static string Ws(string http) => string.Concat("ws", http.AsSpan(4), "/ws");

    private string BaseUrl(string otherwise)
    {
        var configured = options.Value.PublicHttpUrl;
        return (string.IsNullOrEmpty(configured) ? otherwise : configured).TrimEnd('/');
    }

    private string Host(HttpRequest? request)
    {
        if (!string.IsNullOrEmpty(options.Value.PublicHost))
            return options.Value.PublicHost;
        return request is null ? Unknown : RequestHost(request);
    }

    private int UdpPort() => options.Value.PublicUdpPort > 0 ? options.Value.PublicUdpPort : udp.Port;

    private string Scheme() => string.IsNullOrWhiteSpace(options.Value.TlsCertificate) ? "http" : "https";

    private int HttpPort()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return address is null ? options.Value.HttpPort : BindingAddress.Parse(address).Port;
    }
}
