// Control messages of one connection, and the answers to pings.
using System.Diagnostics;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Writes and sends; decides nothing.</summary>
internal sealed class ControlSender
{
    private readonly IConnection _transport;
    private readonly ConnectionServices _services;
    private readonly ByteWriter _scratch = new(256);

    /// <summary>A sender over one transport connection.</summary>
    public ControlSender(IConnection transport, ConnectionServices services)
    {
        _transport = transport;
        _services = services;
    }

    /// <summary>Sends a message.</summary>
    /// <returns>Its bytes, valid until the next message.</returns>
    public ReadOnlySpan<byte> Send(in ControlMessage message, bool reliable)
    {
        _scratch.Clear();
        message.Write(_scratch);
        _transport.Send(_scratch.Written, reliable);
        return _scratch.Written;
    }

    /// <summary>The connection is in its room.</summary>
    public void Accept(RoomLink link, PlayerId player, ConnectionEpoch connection) => Send(
        new ControlMessage
        {
            Kind = ControlKind.Accept,
            Connection = connection,
            Player = player,
            Text = link.Room,
            RoomEpoch = link.Broadcast.Epoch,
            Tick = link.Broadcast.Tick,
            TickRate = (ushort)link.TickRate,
        },
        reliable: true);

    /// <summary>The room is silent.</summary>
    public void Pause(ulong tick, in InputReceiver inputs) => Send(
        new ControlMessage
        {
            Kind = ControlKind.Pause,
            Tick = tick,
            ReceivedSequence = inputs.ReceivedSequence,
            ReceivedHistory = inputs.ReceivedHistory,
        },
        reliable: false);

    /// <summary>Answers a ping with the newest server tick and the time of its receipt (T-D6).</summary>
    /// <param name="stamp">The client's own.</param>
    /// <param name="tick">Newest server tick.</param>
    /// <param name="received">Stopwatch stamp of the receipt.</param>
    public void Pong(ulong stamp, ulong tick, long received)
    {
        var receivedAt = _services.Clock.Time.GetUtcNow() - Stopwatch.GetElapsedTime(received);
        var message = new ControlMessage
        {
            Kind = ControlKind.Pong,
            Stamp = stamp,
            Tick = tick,
            Received = (ulong)((receivedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
        };
        var started = Stopwatch.GetTimestamp();
        Send(message, reliable: false);
        NotePong(started, received);
    }

    /// <summary>Records a Pong that was sent.</summary>
    /// <param name="started">Stopwatch stamp of the beginning of its sending.</param>
    /// <param name="received">Stopwatch stamp of the ping's receipt.</param>
    public void NotePong(long started, long received)
    {
        _services.Metrics.PongDispatch.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        _services.Metrics.PingHold.Record(Stopwatch.GetElapsedTime(received).TotalSeconds);
    }

    /// <summary>What became of a token that was presented in flight.</summary>
    public void AuthResult(LeaseRenewal outcome) => Send(
        new ControlMessage
        {
            Kind = ControlKind.AuthResult,
            Code = outcome.Reason,
            Expires = (ulong)Math.Max(0, outcome.Lease?.ExpiresAt.ToUnixTimeMilliseconds() ?? 0),
            Reason = outcome.Text,
        },
        reliable: true);
}
