// A player in a room, over WebSocket, who speaks the link by hand.
using System.Diagnostics;
using System.Net.WebSockets;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Link;

namespace Aetheris.SignIn.Tests.Hosts;

internal sealed class Pilot : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(30));
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Matches with a visitor's token and enters a room.</summary>
    public static async Task<Pilot> EnterAsync(Visitor visitor, string room)
    {
        var match = await visitor.DoAsync("/api/match", new { room });
        var pilot = new Pilot();
        pilot._socket.Options.SetRequestHeader("X-Forwarded-For", visitor.Address);
        await pilot.ConnectAsync(match.GetProperty("ws").GetString()!, match.GetProperty("connectToken").GetString()!);
        await pilot.UntilAsync(control => control.Kind == ControlKind.Accept);
        return pilot;
    }

    /// <summary>Presents a connect token and returns the first answer.</summary>
    public static async Task<ControlKind> KnockAsync(string ws, string connectToken, string? address = null)
    {
        using var pilot = new Pilot();
        if (address is not null)
            pilot._socket.Options.SetRequestHeader("X-Forwarded-For", address);
        await pilot.ConnectAsync(ws, connectToken);
        return (await pilot.UntilAsync(_ => true)).Kind;
    }

    public Task SendAsync(in WireEvent wire)
    {
        var message = new ByteWriter();
        message.WriteByte((byte)LinkKind.Codec1);
        wire.Write(message);
        return SendAsync(message.Written.ToArray());
    }

    /// <summary>Waits for a control message of a kind.</summary>
    public Task<ControlMessage> WaitForAsync(ControlKind kind) => UntilAsync(control => control.Kind == kind);

    /// <summary>Waits for the end: its reason, and how long it took.</summary>
    public async Task<(CloseReason Reason, TimeSpan Took)> EndAsync(long since)
    {
        var close = await UntilAsync(control => control.Kind == ControlKind.Close);
        return (close.Code, Stopwatch.GetElapsedTime(since));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _timeout.Dispose();
    }

    private async Task ConnectAsync(string ws, string connectToken)
    {
        await _socket.ConnectAsync(new Uri(ws), _timeout.Token);
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, connectToken) { Codec1Events = true }.Write(request);
        await SendAsync(request.Written.ToArray());
    }

    private async Task SendAsync(byte[] message) => await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _timeout.Token);

    private async Task<ControlMessage> UntilAsync(Func<ControlMessage, bool> found)
    {
        var last = "none";
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
            Assert.True(part.MessageType == WebSocketMessageType.Binary, $"closed; the last control message was {last}");
            if (!ControlMessage.TryRead(_buffer.AsSpan(0, length), out var control))
                continue;
            if (found(control))
                return control;
            last = $"{control.Kind} {control.Code} {control.Reason}";
        }
    }
}
