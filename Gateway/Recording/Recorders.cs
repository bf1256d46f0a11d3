// The flight recorders that operators have switched on at this gateway.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Rooms;

namespace Aetheris.Gateway.Recording;

/// <summary>At most one recorder per room and <see cref="MaxRecorders"/> in all, besides those of single recordings. Belongs to the edge thread.</summary>
public sealed class Recorders
{
    /// <summary>Most recorders of a gateway, single recordings included.</summary>
    public const int MaxRecorders = 8;

    private readonly Dictionary<string, RoomRecorder> _kept = new(StringComparer.Ordinal);
    private readonly RoomLinks _links;
    private readonly EdgeClock _clock;
    private readonly string _gateway;
    private int _single;

    /// <summary>Nothing is recorded.</summary>
    public Recorders(RoomLinks links, EdgeClock clock, GatewayIdentity gateway)
    {
        _links = links;
        _clock = clock;
        _gateway = gateway.Id.ToString();
    }

    /// <summary>What is kept.</summary>
    public List<RecorderStatus> List()
    {
        var list = new List<RecorderStatus>(_kept.Count);
        foreach (var (room, recorder) in _kept)
        {
            list.Add(new RecorderStatus(
                room, _gateway, recorder.Seconds, recorder.FromTick, recorder.ThroughTick, recorder.Bytes, recorder.Breaks, recorder.HasEnded));
        }

        return list;
    }

    /// <summary>Keeps a room from now on; one that is kept already, for another time, begins anew.</summary>
    /// <returns>False when there are too many recorders.</returns>
    public bool TryKeep(string room, int seconds)
    {
        if (_kept.TryGetValue(room, out var kept) && kept.Seconds == seconds && !kept.HasEnded)
            return true;
        Forget(room);
        if (_kept.Count + _single >= MaxRecorders)
            return false;
        _kept[room] = Attach(room, seconds);
        return true;
    }

    /// <summary>Lets go of what is kept of a room.</summary>
    /// <returns>False when nothing was.</returns>
    public bool Forget(string room)
    {
        if (!_kept.Remove(room, out var recorder))
            return false;
        _links.Find(room)?.Recorders.Remove(recorder);
        return true;
    }

    /// <summary>The recorder that keeps a room.</summary>
    public RoomRecorder? Find(string room) => _kept.GetValueOrDefault(room);

    /// <summary>Begins a single recording; <see cref="EndSingle"/> ends it.</summary>
    /// <returns>Null when there are too many recorders.</returns>
    public RoomRecorder? BeginSingle(string room, int seconds)
    {
        if (_kept.Count + _single >= MaxRecorders)
            return null;
        _single++;
        return Attach(room, seconds);
    }

    /// <summary>Ends a single recording.</summary>
    public void EndSingle(string room, RoomRecorder recorder)
    {
        _single--;
        _links.Find(room)?.Recorders.Remove(recorder);
    }

    /// <summary>Ticks per second of a room.</summary>
    public int TickRateOf(string room) => _links.Find(room)?.TickRate ?? 60;

    private RoomRecorder Attach(string room, int seconds)
    {
        var link = _links.Get(room, _clock.Now);
        var recorder = new RoomRecorder(room, link.Port, seconds);
        link.Recorders.Add(recorder);
        return recorder;
    }
}
