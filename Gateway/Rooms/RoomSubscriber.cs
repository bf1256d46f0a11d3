// Asks a room for its frames, again and again with growing pauses until it answers.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Gateway.Rooms;

/// <summary>One subscription call at a time. The pause doubles from 250 ms to 2 s and starts over when the room is heard.</summary>
internal sealed class RoomSubscriber
{
    private const int FirstTimeoutMilliseconds = 5000;
    private const int MinTimeoutMilliseconds = 500;
    private const int MinRetryMilliseconds = 250;
    private const int MaxRetryMilliseconds = 2000;

    private readonly IRoomPort _port;
    private readonly PendingCall<RoomSubscription> _call = new();
    private int _retryDelay = MinRetryMilliseconds;
    private long _nextAt;

    /// <summary>Creates a subscriber that may ask at once.</summary>
    public RoomSubscriber(IRoomPort port) => _port = port;

    /// <summary>The room's answer, once per call.</summary>
    public bool TryTakeAnswer(long now, [NotNullWhen(true)] out RoomSubscription? answer) =>
        _call.TryEnd(now, out answer) && answer is not null;

    /// <summary>Whether the next call may be made.</summary>
    public bool IsDue(long now) => !_call.IsPending && now >= _nextAt;

    /// <summary>Calls; <see cref="IsDue"/> holds.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isFirst">Whether the room may still have to be activated, which takes longer.</param>
    public void Subscribe(long now, bool isFirst)
    {
        _call.Begin(_port.SubscribeAsync(), now + (isFirst ? FirstTimeoutMilliseconds : Math.Max(MinTimeoutMilliseconds, _retryDelay)));
        _nextAt = now + _retryDelay;
        _retryDelay = Math.Min(_retryDelay * 2, MaxRetryMilliseconds);
    }

    /// <summary>The room was heard: the pauses start over.</summary>
    public void OnHeard() => _retryDelay = MinRetryMilliseconds;

    /// <summary>The room went silent: the next call may be made at once.</summary>
    public void OnSilent(long now) => _nextAt = now;
}
