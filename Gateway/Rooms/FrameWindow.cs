// Puts frames back in order: Orleans delivers 2–4 % of messages swapped (DESIGN §6).
namespace Aetheris.Gateway.Rooms;

/// <summary>Frames that arrived ahead of their turn, by seq; bounded.</summary>
public sealed class FrameWindow
{
    /// <summary>Most frames held while missing ones are fetched: as many as a room keeps.</summary>
    public const int Capacity = 128;

    private readonly SortedDictionary<ulong, byte[]> _held = [];

    /// <summary>Frames held.</summary>
    public int Count => _held.Count;

    /// <summary>When the oldest gap began, in milliseconds; meaningless when nothing is held.</summary>
    public long Since { get; private set; }

    /// <summary>Smallest seq held; 0 when none is.</summary>
    public ulong First
    {
        get
        {
            foreach (var pair in _held)
                return pair.Key;
            return 0;
        }
    }

    /// <summary>Holds a frame; false when the window is full.</summary>
    public bool TryHold(ulong seq, byte[] frame, long now)
    {
        if (_held.Count == 0)
            Since = now;
        if (_held.ContainsKey(seq))
            return true;
        if (_held.Count >= Capacity)
            return false;
        _held.Add(seq, frame);
        return true;
    }

    /// <summary>Takes the frame with a seq, forgetting older ones.</summary>
    public bool TryTake(ulong seq, long now, out byte[] frame)
    {
        while (_held.Count > 0 && First < seq)
            _held.Remove(First);
        if (!_held.Remove(seq, out frame!))
            return false;
        Since = now;
        return true;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _held.Clear();
}
