// When an empty room is over.
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// An empty, unwatched room drains after its time, so that no more matches lead to it, and is over at the next look. A player or gateway
/// that comes meanwhile makes it active again. Not thread-safe.
/// </summary>
public sealed class IdleWatch
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private long? _since;

    /// <summary>Begins a watch.</summary>
    /// <param name="time">Time.</param>
    /// <param name="limit">How long a room may be idle; zero for ever.</param>
    /// <param name="idleFor">How long it has been idle already, or null.</param>
    public IdleWatch(TimeProvider time, TimeSpan limit, TimeSpan? idleFor)
    {
        _time = time;
        _limit = limit;
        if (idleFor is { } idle)
            _since = time.GetTimestamp() - (long)(idle.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>How long the room has been idle; null when it is not.</summary>
    public TimeSpan? IdleFor => _since is { } since ? _time.GetElapsedTime(since) : null;

    /// <summary>Looks, about once a second.</summary>
    /// <param name="isIdle">Nobody is in the room and nobody watches it.</param>
    /// <param name="status">Active or Draining; changed here.</param>
    /// <returns>Whether the room is to be closed now.</returns>
    public bool Look(bool isIdle, ref RoomStatus status)
    {
        if (_limit == TimeSpan.Zero)
            return false;
        if (!isIdle)
        {
            _since = null;
            status = RoomStatus.Active;
            return false;
        }

        _since ??= _time.GetTimestamp();
        if (status == RoomStatus.Draining)
            return true;
        if (_time.GetElapsedTime(_since.Value) >= _limit)
            status = RoomStatus.Draining;
        return false;
    }
}
