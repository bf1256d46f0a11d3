// Asks a room for its frames, again and again with growing pauses until it answers.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// One call at a time, each with a short deadline: a call to a silo that just died is answered late or never, and a crash is to cost
/// less than two seconds. The pause doubles from 50 to 400 ms, the time of a call, and starts over when the room is heard.
/// </summary>
internal sealed class RoomSubscriber
{
    private const int OpeningTimeoutMilliseconds = 1000;
    private const int RecoveryTimeoutMilliseconds = 400;
    private const int MinRetryMilliseconds = 50;
    private const int MaxRetryMilliseconds = RecoveryTimeoutMilliseconds;
    private const int RecoveringMilliseconds = 100;

    private readonly IRoomPort _port;
    private readonly PendingCall<RoomSubscription> _call = new();
    private int _retryDelay = MinRetryMilliseconds;
    private long _nextAt;
    private long _recoveringSince = -1;

    /// <summary>Creates a subscriber that may ask at once.</summary>
    public RoomSubscriber(IRoomPort port) => _port = port;

    /// <summary>The room's answer, once per call.</summary>
    public bool TryTakeAnswer(long now, [NotNullWhen(true)] out RoomSubscription? answer) =>
        _call.TryEnd(now, out answer) && answer is not null;

    /// <summary>Whether the next call may be made.</summary>
    public bool IsDue(long now) => !_call.IsPending && now >= _nextAt;

    /// <summary>Asks for the frames of a room that was not seen yet, and may still have to be activated; <see cref="IsDue"/> holds.</summary>
    public void Subscribe(long now) => Begin(_port.SubscribeAsync(), now, OpeningTimeoutMilliseconds);

    /// <summary>Asks for the frames of a room that was seen before and offers what is known of it; <see cref="IsDue"/> holds.</summary>
    public void Recover(long now, byte[] history) => Begin(_port.RecoverAsync(history), now, RecoveryTimeoutMilliseconds);

    /// <summary>The room lives but is not open yet: it is asked again soon.</summary>
    /// <returns>For how long it has been saying so, in milliseconds.</returns>
    public long OnRecovering(long now)
    {
        _nextAt = now + RecoveringMilliseconds;
        if (_recoveringSince < 0)
            _recoveringSince = now;
        return now - _recoveringSince;
    }

    /// <summary>The room was heard: the pauses start over.</summary>
    public void OnHeard()
    {
        _retryDelay = MinRetryMilliseconds;
        _recoveringSince = -1;
    }

    /// <summary>The room went silent: the next call may be made at once.</summary>
    public void OnSilent(long now) => _nextAt = now;

    private void Begin(Task<RoomSubscription> call, long now, int timeout)
    {
        _call.Begin(call, now + timeout);
        _nextAt = now + _retryDelay;
        _retryDelay = Math.Min(_retryDelay * 2, MaxRetryMilliseconds);
    }
}
