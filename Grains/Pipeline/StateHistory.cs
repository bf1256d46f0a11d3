// The room's state at its last ticks, for the state route.
using Aetheris.Protocol.Binary;
using Aetheris.World;

namespace Aetheris.Grains.Pipeline;

/// <summary>Image and hash of the last ticks, in buffers that are reused. Costs an image per tick: meant for Development.</summary>
public sealed class StateHistory
{
    private readonly ByteWriter[] _images;
    private readonly ulong[] _ticks;
    private readonly ulong[] _hashes;

    /// <summary>Creates an empty history.</summary>
    /// <param name="ticks">Ticks kept; 0 keeps nothing.</param>
    public StateHistory(int ticks)
    {
        _images = new ByteWriter[ticks];
        _ticks = new ulong[ticks];
        _hashes = new ulong[ticks];
    }

    /// <summary>Whether anything is kept.</summary>
    public bool IsKept => _images.Length > 0;

    /// <summary>Keeps the state as it is after a tick.</summary>
    /// <param name="world">The room's world.</param>
    /// <param name="hash">Its StateHash.</param>
    public void Keep(RoomWorld world, ulong hash)
    {
        if (!IsKept)
            return;
        var index = (int)(world.Tick % (ulong)_images.Length);
        var image = _images[index] ??= new ByteWriter(1024);
        image.Clear();
        world.WriteImage(image);
        _ticks[index] = world.Tick;
        _hashes[index] = hash;
    }

    /// <summary>Finds the state after a tick.</summary>
    /// <param name="tick">Server tick.</param>
    /// <param name="hash">StateHash after it.</param>
    /// <param name="image">Changes section of an image.</param>
    public bool TryGet(ulong tick, out ulong hash, out ReadOnlySpan<byte> image)
    {
        var index = IsKept ? (int)(tick % (ulong)_images.Length) : 0;
        if (!IsKept || _images[index] is null || _ticks[index] != tick)
        {
            hash = 0;
            image = default;
            return false;
        }

        hash = _hashes[index];
        image = _images[index].Written;
        return true;
    }
}
