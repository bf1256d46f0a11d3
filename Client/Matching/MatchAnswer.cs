// Where to go: what the match call answers.
using System;
using System.Collections.Generic;
using Aetheris.Client.Transport;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Matching;

/// <summary>A room, a connect token for it, and the gateways that lead there.</summary>
/// <param name="Room">Room name.</param>
/// <param name="ConnectToken">Single use, 30 s.</param>
/// <param name="Gateways">First = recommended; at least one, at most 16.</param>
public sealed record MatchAnswer(string Room, string ConnectToken, IReadOnlyList<GatewayEndpoint> Gateways)
{
    private const int MaxGateways = 16;

    /// <summary>Reads <c>{room, connectToken, expiresAt, udp:{host,port}, ws, gateways:[{id, http, udp:{host,port}, ws}]}</c>; null for anything else.</summary>
    public static MatchAnswer? FromJson(string text)
    {
        if (!JsonText.TryParse(text, out var value) || value is not Dictionary<string, object?> root)
            return null;
        var room = Text(root, "room");
        var token = Text(root, "connectToken");
        if (!RoomName.IsValid(room) || token.Length == 0 || token.Length > LinkLimits.MaxToken)
            return null;
        var gateways = new List<GatewayEndpoint>();
        if (root.TryGetValue("gateways", out var list) && list is List<object?> items)
        {
            foreach (var item in items)
            {
                if (gateways.Count < MaxGateways && item is Dictionary<string, object?> gateway && Endpoint(gateway) is { } endpoint)
                    gateways.Add(endpoint);
            }
        }

        if (gateways.Count == 0 && Endpoint(root) is { } only)
            gateways.Add(only);
        return gateways.Count == 0 ? null : new MatchAnswer(room, token, gateways);
    }

    private static GatewayEndpoint? Endpoint(Dictionary<string, object?> from)
    {
        var host = string.Empty;
        var port = 0;
        if (from.TryGetValue("udp", out var value) && value is Dictionary<string, object?> udp)
        {
            host = Text(udp, "host");
            port = udp.TryGetValue("port", out var number) && number is double d and >= 1 and <= 65535 ? (int)d : 0;
        }

        var ws = Text(from, "ws");
        return port == 0 && ws.Length == 0 ? null : new GatewayEndpoint(Text(from, "http"), host, port, ws);
    }

    private static string Text(Dictionary<string, object?> from, string name) =>
        from.TryGetValue(name, out var value) && value is string text ? text : string.Empty;
}
