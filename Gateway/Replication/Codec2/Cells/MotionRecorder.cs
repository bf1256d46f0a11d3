// The motion of every entity in codec 2's integers, and which of them changed.
using Aetheris.Protocol.Codec2;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Quantises what moved. An entity is followed for a while after it stopped, so that its thrust and the age of its thrust settle; what
/// rests costs nothing. Steady use allocates nothing.
/// </summary>
internal sealed class MotionRecorder
{
    /// <summary>Ticks without a change of the quantised motion after which an entity rests.</summary>
    public const int RestTicks = 240;

    // Longer than the oldest base, from which on the age of the thrust does not matter, and long enough to see it rest.
    private const byte SettleTicks = RestTicks + 5;

    private readonly RoomReplica _replica;
    private readonly MotionQuantizer _quantizer;
    private readonly List<ushort> _followed = [];
    private MotionTrack[] _tracks = [];
    private QuantizedMotion[] _motions = [];
    private ulong[] _at = [];
    private ulong[] _changedAt = [];
    private byte[] _left = [];

    /// <summary>A recorder that has seen nothing.</summary>
    public MotionRecorder(RoomReplica replica, MotionQuantizer quantizer)
    {
        _replica = replica;
        _quantizer = quantizer;
    }

    /// <summary>The motion of an entity at the newest tick.</summary>
    public ref readonly QuantizedMotion Of(int slot) => ref _motions[slot];

    /// <summary>A new entity.</summary>
    public void Add(int slot, ulong tick)
    {
        EnsureSlots(slot + 1);
        _tracks[slot] = default;
        _motions[slot] = default;
        _at[slot] = 0;
        Note(slot, tick);
    }

    /// <summary>An entity moved in this tick.</summary>
    public void Note(int slot, ulong tick)
    {
        EnsureSlots(slot + 1);
        if (_left[slot] == 0)
        {
            _followed.Add((ushort)slot);
            // It rested: its thrust begins now.
            if (_at[slot] != 0 && _at[slot] + 1 < tick)
                Record(slot, tick - 1, atRest: true);
        }

        _left[slot] = SettleTicks;
    }

    /// <summary>Records every entity that is followed.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="changed">Receives the slots whose motion is another than before.</param>
    /// <param name="rested">Receives the slots that have rested since <see cref="RestTicks"/>.</param>
    public void Record(ulong tick, List<ushort> changed, List<ushort> rested)
    {
        for (var i = _followed.Count - 1; i >= 0; i--)
        {
            var slot = _followed[i];
            if (!_replica.Entities.IsAlive(slot) || _left[slot] == 0)
            {
                Drop(i);
                continue;
            }

            if (Record(slot, tick, atRest: false))
            {
                _changedAt[slot] = tick;
                changed.Add(slot);
            }
            else if (tick - _changedAt[slot] == RestTicks && _motions[slot].AtRest)
            {
                rested.Add(slot);
            }

            if (--_left[slot] == 0)
                Drop(i);
        }
    }

    private bool Record(int slot, ulong tick, bool atRest)
    {
        var entities = _replica.Entities;
        ref readonly var place = ref entities.Column(StandardComponents.Transform)[slot];
        ref readonly var velocity = ref entities.Column(StandardComponents.Velocity)[slot];
        var motion = _tracks[slot].Next(
            _quantizer, place.EntityType, tick, place.X, place.Y, atRest ? 0 : velocity.X, atRest ? 0 : velocity.Y, place.Rotation);
        if (atRest)
            return false;
        var first = _at[slot] == 0;
        _at[slot] = tick;
        if (!entities.Column(StandardComponents.Transform).Has(slot))
            motion = default;
        var changed = first || !motion.SameAs(in _motions[slot]);
        _motions[slot] = motion;
        return changed;
    }

    private void Drop(int index)
    {
        _left[_followed[index]] = 0;
        _followed[index] = _followed[^1];
        _followed.RemoveAt(_followed.Count - 1);
    }

    private void EnsureSlots(int count)
    {
        if (count <= _left.Length)
            return;
        var capacity = Math.Max(count, Math.Max(64, _left.Length * 2));
        Array.Resize(ref _tracks, capacity);
        Array.Resize(ref _motions, capacity);
        Array.Resize(ref _at, capacity);
        Array.Resize(ref _changedAt, capacity);
        Array.Resize(ref _left, capacity);
    }
}
