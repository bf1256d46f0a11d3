// When each component of each entity last changed.
using System.Numerics;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Slow state needs no history: what changed after a client's base is sent whole. A countdown that falls by one per tick is no change,
/// because clients count too; it becomes one when it does anything else. Steady use allocates nothing.
/// </summary>
internal sealed class SlowTicks : ISlowState
{
    private readonly RoomReplica _replica;
    private readonly Codec2Schema _schema;
    private readonly int _stride;
    private readonly Codec2Component[] _countdowns;
    private readonly ulong _countdownMask;
    private readonly byte[][] _expected;
    private readonly List<ushort> _counting = [];
    private readonly ByteWriter _scratch = new(64);
    private ulong[] _ticks = [];
    private ulong[] _newest = [];
    private bool[] _isCounting = [];

    /// <summary>Nothing has changed yet.</summary>
    public SlowTicks(RoomReplica replica, Codec2Schema schema)
    {
        _replica = replica;
        _schema = schema;
        _stride = replica.Definition.Components.Count;
        _countdowns = [.. schema.Components.Where(component => component.CountdownOffset >= 0)];
        _expected = new byte[_countdowns.Length][];
        foreach (var component in _countdowns)
            _countdownMask |= 1UL << component.Bit;
        Array.Fill(_expected, []);
    }

    /// <summary>An entity is new: all that it has is.</summary>
    public void Add(int slot, ulong tick)
    {
        EnsureSlots(slot + 1);
        _ticks.AsSpan(slot * _stride, _stride).Fill(tick);
        _newest[slot] = tick;
        Follow(slot);
    }

    /// <summary>Notes written, added and removed components.</summary>
    /// <returns>Whether any of them is sent and was not foreseen.</returns>
    public bool Note(int slot, ulong mask, ulong removed, ulong tick)
    {
        EnsureSlots(slot + 1);
        if ((mask & _countdownMask) != 0)
            Follow(slot);
        var changed = ((mask & ~_countdownMask) | removed) & _schema.SlowMask;
        return changed != 0 && Mark(slot, changed, tick);
    }

    /// <summary>Compares countdowns with what clients make of them.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="ticks">Ticks since the last time, 1 or more.</param>
    /// <param name="changed">Receives the slots whose countdown did something else.</param>
    public void Advance(ulong tick, ulong ticks, List<ushort> changed)
    {
        for (var i = _counting.Count - 1; i >= 0; i--)
        {
            var slot = _counting[i];
            var mask = _replica.Entities.IsAlive(slot) ? _replica.Entities.MaskOf(slot) & _countdownMask : 0;
            if (mask == 0)
            {
                _isCounting[slot] = false;
                _counting[i] = _counting[^1];
                _counting.RemoveAt(_counting.Count - 1);
                continue;
            }

            for (var n = 0; n < _countdowns.Length; n++)
            {
                if ((mask & (1UL << _countdowns[n].Bit)) != 0 && !IsForeseen(n, slot, ticks) && Mark(slot, 1UL << _countdowns[n].Bit, tick))
                    changed.Add(slot);
            }
        }
    }

    /// <inheritdoc />
    public ulong ChangedSince(int slot, ulong tick)
    {
        if ((uint)slot >= (uint)_newest.Length || _newest[slot] <= tick)
            return 0;
        var changed = 0UL;
        var ticks = _ticks.AsSpan(slot * _stride, _stride);
        for (var mask = _schema.SlowMask; mask != 0; mask &= mask - 1)
        {
            var bit = BitOperations.TrailingZeroCount(mask);
            if (ticks[bit] > tick)
                changed |= 1UL << bit;
        }

        return changed;
    }

    /// <inheritdoc />
    public ulong MaskOf(int slot) => _replica.Entities.MaskOf(slot) & _schema.ComponentMask;

    /// <inheritdoc />
    public void Write(int slot, int bit, ByteWriter writer) => _replica.Entities.ColumnAt(bit).Write(slot, writer);

    /// <inheritdoc />
    public ulong IdOf(int slot) => _replica.Entities.IdOf(slot).Value;

    /// <inheritdoc />
    public bool IsAlive(int slot, byte generation) => _replica.Entities.IsAlive(slot) && _replica.Entities.GenerationOf(slot) == generation;

    private bool Mark(int slot, ulong mask, ulong tick)
    {
        for (; mask != 0; mask &= mask - 1)
            _ticks[(slot * _stride) + BitOperations.TrailingZeroCount(mask)] = tick;
        _newest[slot] = tick;
        return true;
    }

    private void Follow(int slot)
    {
        if (_isCounting[slot] || (_replica.Entities.MaskOf(slot) & _countdownMask) == 0)
            return;
        _isCounting[slot] = true;
        _counting.Add((ushort)slot);

        // The first comparison must find a difference unless the value is what the new entity's record says.
        for (var n = 0; n < _countdowns.Length; n++)
            ExpectedOf(n, slot)[.._countdowns[n].Size].Fill(0xA5);
    }

    /// <summary>Whether a value is what a client expects; afterwards the value is what is expected of the next tick.</summary>
    private bool IsForeseen(int n, int slot, ulong ticks)
    {
        var component = _countdowns[n];
        _scratch.Clear();
        _replica.Entities.ColumnAt(component.Bit).Write(slot, _scratch);
        var expected = ExpectedOf(n, slot);
        var place = expected.Slice(component.CountdownOffset, sizeof(uint));
        var left = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(place);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(place, left > ticks ? left - (uint)ticks : 0);
        var same = _scratch.Written.SequenceEqual(expected);
        _scratch.Written.CopyTo(expected);
        return same;
    }

    private Span<byte> ExpectedOf(int n, int slot) => _expected[n].AsSpan(slot * _countdowns[n].Size, _countdowns[n].Size);

    private void EnsureSlots(int count)
    {
        if (count <= _newest.Length)
            return;
        var capacity = Math.Max(count, Math.Max(64, _newest.Length * 2));
        Array.Resize(ref _newest, capacity);
        Array.Resize(ref _isCounting, capacity);
        Array.Resize(ref _ticks, capacity * _stride);
        for (var n = 0; n < _countdowns.Length; n++)
            Array.Resize(ref _expected[n], capacity * _countdowns[n].Size);
    }
}
