// A client over WebSocket that speaks the link by hand, codec 1 included.
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Link;

namespace Aetheris.Cluster.Tests;

internal sealed class WebSocketPlayer : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(30));
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Signs in, matches and enters a room.</summary>
    public async Task EnterAsync(string http, string room)
    {
        using var client = new HttpClient { BaseAddress = new Uri(http) };
        using var guest = await client.PostAsJsonAsync("/api/auth/guest", new { name = "by hand" }, _timeout.Token);
        var token = (await guest.Content.ReadFromJsonAsync<JsonElement>(_timeout.Token)).GetProperty("token").GetString()!;
        using var wish = new HttpRequestMessage(HttpMethod.Post, "/api/match") { Content = JsonContent.Create(new { room }) };
        wish.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var match = await client.SendAsync(wish, _timeout.Token);
        var answer = await match.Content.ReadFromJsonAsync<JsonElement>(_timeout.Token);
        await _socket.ConnectAsync(new Uri(answer.GetProperty("ws").GetString()!), _timeout.Token);
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, answer.GetProperty("connectToken").GetString()!) { Codec1Events = true }.Write(request);
        await SendAsync(request.Written.ToArray());
        await UntilAsync(message => ControlMessage.TryRead(message, out var control) && control.Kind == ControlKind.Accept);
    }

    /// <summary>Sends an event.</summary>
    public Task SendAsync(WireEventKind kind)
    {
        var message = new ByteWriter();
        message.WriteByte((byte)LinkKind.Codec1);
        new WireEvent { Kind = kind }.Write(message);
        return SendAsync(message.Written.ToArray());
    }

    /// <summary>Waits for an event of a kind.</summary>
    public Task WaitForAsync(WireEventKind kind) => UntilAsync(
        message => message[0] == (byte)LinkKind.Codec1 && WireEvent.TryRead(message.AsSpan(1), out var wire) && wire.Kind == kind);

    public void Dispose()
    {
        _socket.Dispose();
        _timeout.Dispose();
    }

    private async Task SendAsync(byte[] message) =>
        await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);

    private async Task UntilAsync(Func<byte[], bool> found)
    {
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), _timeout.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            Assert.Equal(WebSocketMessageType.Binary, part.MessageType);
            if (found(_buffer[..length]))
                return;
        }
    }
}
