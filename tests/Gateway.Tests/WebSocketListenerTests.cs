// The WebSocket door: what a client is told when it is not let in, and how its connection ends.
using System.Net;
using System.Net.WebSockets;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.WebSockets;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public sealed class WebSocketListenerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestGateway _gateway = new();
    private readonly EdgeRounds _rounds = new();
    private readonly CancellationTokenSource _timeout = new(Patience);
    private EdgeLoop? _loop;
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _loop = new EdgeLoop(_gateway.Clock, _gateway.Metrics, NullLogger<EdgeLoop>.Instance);
        var door = new WebSocketListener(_gateway.Set, _loop, _gateway.Clock, _gateway.Metrics);
        _loop.Add(door);
        _loop.Add(_gateway.Set);
        _loop.Add(_rounds);
        _loop.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/ws", (HttpContext context) => door.HandleAsync(context, _gateway.Options.MaxConnections));
        await _app.StartAsync(_timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _loop!.Dispose();
        await _app!.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task A_first_message_that_is_text_is_rejected_and_closed_properly()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, _timeout.Token);
        await AssertRejectedAsync(socket, CloseReason.BadToken);
    }

    [Fact]
    public async Task A_first_message_that_is_no_connect_request_is_rejected_and_closed_properly()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);
        await AssertRejectedAsync(socket, CloseReason.BadToken, closesAfter: TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_version_that_is_not_served_is_rejected_and_closed_properly()
    {
        using var socket = await ConnectAsync();
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link + 1, 1, Spectate: false, _gateway.Token()).Write(request);
        await socket.SendAsync(request.Written.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);
        await AssertRejectedAsync(socket, CloseReason.UnsupportedVersion, closesAfter: TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Silence_instead_of_a_first_message_is_rejected_and_closed_properly()
    {
        using var socket = await ConnectAsync();
        var rejected = AssertRejectedAsync(socket, CloseReason.Timeout);
        while (!rejected.IsCompleted)
        {
            _gateway.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(rejected, _rounds.NextAsync(_timeout.Token));
        }

        await rejected;
    }

    [Fact]
    public async Task A_full_gateway_says_so()
    {
        _gateway.Options.MaxConnections = 0;
        using var socket = await ConnectAsync();
        await AssertRejectedAsync(socket, CloseReason.Full);
    }

    [Fact]
    public async Task A_client_that_closes_is_answered_with_a_close()
    {
        using var socket = await ConnectAsync();
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, _gateway.Token()).Write(request);
        await socket.SendAsync(request.Written.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _timeout.Token);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_counted_and_forgotten()
    {
        var socket = await ConnectAsync();
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, _gateway.Token()).Write(request);
        await socket.SendAsync(request.Written.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);
        while (_gateway.Set.Count == 0)
            await _rounds.NextAsync(_timeout.Token);
        socket.Abort();
        socket.Dispose();
        while (_gateway.Metrics.TransportEvents["stream_reset"] == 0 || _gateway.Set.Count > 0)
        {
            _gateway.Time.Advance(TimeSpan.FromMilliseconds(10));
            await _rounds.NextAsync(_timeout.Token);
        }
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text, 5)]
    [InlineData(WebSocketMessageType.Binary, LinkLimits.MaxInboundMessage + 1)]
    [InlineData(WebSocketMessageType.Binary, 10 * LinkLimits.MaxInboundMessage)]
    public async Task Text_and_a_message_too_large_are_told_as_a_violation_before_the_close(WebSocketMessageType type, int length)
    {
        using var socket = await ConnectAsync();
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, _gateway.Token()).Write(request);
        await socket.SendAsync(request.Written.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);
        await socket.SendAsync(Enumerable.Repeat((byte)'x', length).ToArray(), type, endOfMessage: true, _timeout.Token);
        await AssertRejectedAsync(socket, CloseReason.Violation, closesAfter: TimeSpan.FromSeconds(2));
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        var url = new Uri(_app!.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal) + "/ws");
        await socket.ConnectAsync(url, _timeout.Token);
        return socket;
    }

    private async Task AssertRejectedAsync(ClientWebSocket socket, CloseReason reason, TimeSpan? closesAfter = null)
    {
        var buffer = new byte[2048];
        var result = await socket.ReceiveAsync(buffer.AsMemory(), _timeout.Token);
        Assert.Equal(WebSocketMessageType.Binary, result.MessageType);
        Assert.True(ControlMessage.TryRead(buffer.AsSpan(0, result.Count), out var reject));
        Assert.Equal((ControlKind.Reject, reason), (reject.Kind, reject.Code));
        if (closesAfter is { } time)
            _gateway.Time.Advance(time);
        result = await socket.ReceiveAsync(buffer.AsMemory(), _timeout.Token);
        Assert.Equal(WebSocketMessageType.Close, result.MessageType);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _timeout.Token);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }
}
