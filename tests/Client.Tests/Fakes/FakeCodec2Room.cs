// The shared half of a codec-2 gateway in memory: fixed cells of neighbouring slots, their states of 64 ticks, changes of components.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Client.Tests.Fakes;

/// <summary>Slots n·32 … n·32+31 are cell n.</summary>
public sealed class FakeCodec2Room : ISlowState
{
    public const int CellSlots = 32;

    private readonly RoomWorld _world;
    private readonly MotionQuantizer _quantizer;
    private readonly List<MotionTrack> _tracks = [];
    private readonly List<ulong> _ids = [];
    private readonly List<byte> _generations = [];
    private readonly List<ulong[]> _changed = [];
    private readonly Dictionary<(int Cell, ulong Tick), CellSnapshot> _states = [];

    public FakeCodec2Room(RoomWorld world)
    {
        _world = world;
        Schema = Codec2Schemas.Build(world.Definition, 60);
        _quantizer = new MotionQuantizer(Schema);
    }

    public Codec2Schema Schema { get; }

    public int Cells => (_ids.Count + CellSlots - 1) / CellSlots;

    public CellSnapshot? At(int cell, ulong tick) => _states.GetValueOrDefault((cell, tick));

    public void Step(ChangeSet changes)
    {
        var tick = _world.Tick;
        foreach (var slot in _world.Entities.Slots)
            Track(slot, tick);
        foreach (var change in changes.Entities)
        {
            if (!_world.Entities.TryGetSlot(change.Id, out var slot))
                continue;
            for (var bit = 0; bit < 64; bit++)
            {
                if ((change.Mask >> bit & 1) != 0)
                    _changed[slot][bit] = tick;
            }
        }

        for (var cell = 0; cell < Cells; cell++)
            _states[(cell, tick)] = Snapshot(cell, tick);
        foreach (var key in _states.Keys.Where(k => k.Tick + 64 <= tick).ToArray())
            _states.Remove(key);
    }

    public ulong ChangedSince(int slot, ulong tick)
    {
        var mask = 0ul;
        for (var bit = 0; bit < 64; bit++)
            mask |= _changed[slot][bit] > tick ? 1ul << bit : 0;
        return mask;
    }

    public ulong MaskOf(int slot) => _world.Entities.MaskOf(slot);

    public void Write(int slot, int bit, ByteWriter writer) => _world.Entities.ColumnAt(bit).Write(slot, writer);

    public ulong IdOf(int slot) => _world.Entities.IdOf(slot).Value;

    public bool IsAlive(int slot, byte generation) => _world.Entities.IdOf(slot) != NetworkId.None && _generations[slot] == generation;

    private void Track(int slot, ulong tick)
    {
        while (_ids.Count <= slot)
        {
            _ids.Add(0);
            _tracks.Add(default);
            _generations.Add(0);
            _changed.Add(new ulong[64]);
        }

        var id = _world.Entities.IdOf(slot).Value;
        if (_ids[slot] == id)
            return;
        if (_ids[slot] != 0)
            _generations[slot] = (byte)((_generations[slot] + 1) & 15);
        _ids[slot] = id;
        _tracks[slot] = default;
        Array.Fill(_changed[slot], tick);
    }

    private CellSnapshot Snapshot(int cell, ulong tick)
    {
        var state = new CellSnapshot();
        state.Clear(tick);
        foreach (var slot in _world.Entities.Slots.ToArray().Order())
        {
            if (slot / CellSlots != cell)
                continue;
            var place = _world.Entities.Column(StandardComponents.Transform)[slot];
            var velocity = _world.Entities.Column(StandardComponents.Velocity)[slot];
            var track = _tracks[slot];
            var motion = track.Next(_quantizer, place.EntityType, tick, place.X, place.Y, velocity.X, velocity.Y, place.Rotation);
            _tracks[slot] = track;
            Assert.True(state.TryAdd((ushort)slot, _generations[slot], place.EntityType, motion));
        }

        return state;
    }
}
