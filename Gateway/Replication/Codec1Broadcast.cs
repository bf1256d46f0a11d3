// A room's codec-1 state, encoded once per tick for all its connections.
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication;

/// <summary>
/// Per frame: what changed, what the repair schedule owes, and a share of a rotation that repeats every entity once per second.
/// Every value in a datagram is the replica's newest and carries the newest frame's tick, repairs too: the value holds at that
/// tick, so a client's newest-wins rule and the desync check both compare it with the right state of the room.
/// </summary>
public sealed class Codec1Broadcast
{
    private readonly Codec1Packer _packer;
    private readonly RepairSchedule _repairs = new();
    private readonly List<(int Slot, ulong Bit)> _due = [];
    private readonly List<int> _slots = [];
    private readonly DatagramList _image = new();
    private ulong[] _send = new ulong[256];
    private ulong _imageTick;
    private uint _imageEpoch;
    private ulong _rotatedId;
    private int _rotation;

    /// <summary>A broadcast of the replicated components of a definition.</summary>
    public Codec1Broadcast(WorldDefinition definition, EncoderMetrics? encoder = null) => _packer = new Codec1Packer(definition, encoder);

    /// <summary>Datagrams of this tick, kind byte first.</summary>
    public DatagramList Datagrams { get; } = new();

    /// <summary>Forgets datagrams and repairs: nobody listens, or everybody gets an image.</summary>
    public void Reset()
    {
        Datagrams.Clear();
        _repairs.Clear();
        _packer.InvalidateAll();
    }

    /// <summary>Encodes the replica's last frame.</summary>
    /// <param name="replica">The replica after the frame.</param>
    /// <param name="tick">Server tick of the frame.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public void Encode(RoomReplica replica, ulong tick, int tickRate)
    {
        var entities = replica.Entities;
        Datagrams.Clear();
        if (_send.Length < entities.Capacity)
            Array.Resize(ref _send, entities.Capacity);
        _repairs.Advance();
        AddChanges(replica.LastChanges);
        AddRepairs(entities);
        AddRotation(entities, tickRate);

        _packer.Begin(Datagrams, tick);
        foreach (var slot in _slots)
        {
            _packer.Add(entities, slot, _send[slot]);
            _send[slot] = 0;
        }

        _packer.End();
        _slots.Clear();
    }

    /// <summary>The whole state in messages for a connection that has none; encoded once per tick.</summary>
    public DatagramList Image(RoomReplica replica)
    {
        var header = replica.Header;
        if (_imageTick == header.Tick && _imageEpoch == header.Epoch && _image.Count > 0)
            return _image;
        _image.Clear();
        _packer.Begin(_image, header.Tick);
        foreach (var slot in replica.Entities.Slots)
            _packer.Add(replica.Entities, slot, ulong.MaxValue);
        _packer.End();
        _imageTick = header.Tick;
        _imageEpoch = header.Epoch;
        return _image;
    }

    private void AddChanges(IReadOnlyList<EntityChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.Kind == EntityChangeKind.Despawned)
            {
                _repairs.Forget(change.Slot);
                _packer.Invalidate(change.Slot, ulong.MaxValue);
                continue;
            }

            _packer.Invalidate(change.Slot, change.Mask | change.Removed);
            var mask = change.Mask & _packer.Mask;
            if (mask == 0)
                continue;
            Add(change.Slot, mask);
            _repairs.Change(change.Slot, mask);
        }
    }

    private void AddRepairs(EntityTable entities)
    {
        _due.Clear();
        _repairs.TakeDue(_due);
        foreach (var (slot, bit) in _due)
        {
            if (entities.IsAlive(slot))
                Add(slot, bit);
        }
    }

    private void AddRotation(EntityTable entities, int tickRate)
    {
        var slots = entities.Slots;
        if (slots.Length == 0)
            return;
        _rotation += slots.Length;
        var next = -1;
        for (; _rotation >= tickRate; _rotation -= tickRate)
        {
            next = next < 0 ? FindAfter(entities, slots, _rotatedId) : next + 1;
            if (next >= slots.Length)
                next = 0;
            _rotatedId = entities.IdOf(slots[next]).Value;
            Add(slots[next], _packer.Mask);
        }
    }

    private static int FindAfter(EntityTable entities, ReadOnlySpan<ushort> slots, ulong id)
    {
        int low = 0, high = slots.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (entities.IdOf(slots[middle]).Value <= id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Add(int slot, ulong mask)
    {
        if (_send[slot] == 0)
            _slots.Add(slot);
        _send[slot] |= mask;
    }
}
