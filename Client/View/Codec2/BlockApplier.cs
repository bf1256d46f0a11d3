// Puts what a checked block says into the view.
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;

namespace Aetheris.Client.View.Codec2;

/// <summary>
/// A block updates its cell only if it is the newest of it, and an entity only if nothing newer is known of it: an entity that crossed
/// into another cell may be known from there already.
/// </summary>
internal sealed class BlockApplier
{
    private const int MaxBits = 64;

    private readonly ClientView _view;
    private readonly CellStore _cells;
    private readonly SlotTable _slots;
    private readonly MotionQuantizer _quantizer;
    private readonly ViewColumn?[] _columns = new ViewColumn?[MaxBits];
    private readonly ulong _placeBit;
    private readonly ulong _velocityBit;
    private readonly Codec2Component? _countdown;

    /// <summary>An applier over a view.</summary>
    public BlockApplier(ClientView view, Codec2Schema schema, CellStore cells)
    {
        _view = view;
        _cells = cells;
        _slots = new SlotTable(view);
        _quantizer = new MotionQuantizer(schema);
        Places = view.Column<Transform>(ComponentKinds.Transform);
        Velocities = view.Column<Velocity>(ComponentKinds.Velocity);
        foreach (var component in schema.Components)
        {
            _columns[component.Bit] = view.FindColumn(component.Kind);
            if (component.Role == Codec2Role.Place)
                _placeBit = 1UL << component.Bit;
            else if (component.Role == Codec2Role.Velocity)
                _velocityBit = 1UL << component.Bit;
            if (component.CountdownOffset >= 0)
                _countdown = component;
        }
    }

    /// <summary>Where entities are.</summary>
    public ViewColumn<Transform> Places { get; }

    /// <summary>How they move.</summary>
    public ViewColumn<Velocity> Velocities { get; }

    /// <summary>Keeps a block's state and applies it if it is its cell's newest.</summary>
    public void Apply(in StagedBlock block, DecodedSlow slow, in OwnRecord own)
    {
        var state = block.State;
        var tick = state.Tick;
        // The members are read before the state may go back to the pool.
        var isNewest = _cells.Find(block.Cell) is not { } ring || tick > ring.Newest;
        if (isNewest)
        {
            var entries = slow.Entries.Slice(block.FirstEntry, block.EntryCount);
            for (var i = 0; i < entries.Length; i++)
                ApplyEntry(entries[i], block.Cell, tick, slow);
            for (var i = 0; i < state.Count; i++)
                ApplyMember(state, i, block.Cell, own);
        }

        _cells.Put(block.Cell, state);
    }

    /// <summary>A cell is out of sight, unless a newer block brought it back.</summary>
    public void Leave(ushort cell, ulong tick)
    {
        if (_cells.Find(cell) is not { } ring || ring.Newest > tick)
            return;
        _slots.DropCell(cell);
        _cells.Drop(cell);
    }

    /// <summary>Takes out of the view what belonged to no cell for too long.</summary>
    public void Sweep(ulong tick) => _slots.Sweep(tick);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _slots.Clear();

    private void ApplyEntry(in DecodedSlowEntry entry, ushort cell, ulong tick, DecodedSlow slow)
    {
        switch (entry.Kind)
        {
            case DecodedSlowKind.Entered:
                Enter(entry, cell, tick);
                break;
            case DecodedSlowKind.Moved:
                _slots.Leave(entry.Slot, entry.Generation, cell);
                break;
            case DecodedSlowKind.Despawned:
                _slots.Despawn(entry.Slot, entry.Generation);
                break;
            case DecodedSlowKind.Value when _slots.TryFind(entry.Slot, entry.Generation, tick):
                _slots.At(entry.Slot).Mask |= 1UL << entry.Bit;
                if (_columns[entry.Bit] is { } column)
                    _view.Accept(column, _slots.At(entry.Slot).ViewSlot, tick, slow.BytesOf(entry));
                break;
            case DecodedSlowKind.Removed when _slots.TryFind(entry.Slot, entry.Generation, tick):
                _slots.At(entry.Slot).Mask &= ~(1UL << entry.Bit);
                _columns[entry.Bit]?.Clear(_slots.At(entry.Slot).ViewSlot);
                break;
        }
    }

    private void Enter(in DecodedSlowEntry entry, ushort cell, ulong tick)
    {
        if (!_slots.TryEnter(entry, cell, tick))
            return;
        var slot = _slots.At(entry.Slot).ViewSlot;
        for (var bit = 0; bit < MaxBits; bit++)
        {
            if ((entry.Mask >> bit & 1) == 0)
                _columns[bit]?.Clear(slot);
        }
    }

    private void ApplyMember(CellSnapshot state, int index, ushort cell, in OwnRecord own)
    {
        var slot = state.Slots[index];
        if (!_slots.TryFind(slot, state.Generations[index], state.Tick))
            return;
        ref var entity = ref _slots.At(slot);
        entity.Cell = cell;
        entity.Seen = state.Tick;
        _view.Confirm(entity.ViewSlot, state.Tick);
        if (_countdown is not null && (entity.Mask >> _countdown.Bit & 1) != 0)
            _columns[_countdown.Bit]?.CountDown(entity.ViewSlot, state.Tick, _countdown.CountdownOffset);
        if (Places.Has(entity.ViewSlot) && own.Covers(entity.Id, _view))
            return;
        _quantizer.Restore(state.Motions[index], out var x, out var y, out var vx, out var vy, out var rotation);
        if ((entity.Mask & _placeBit) != 0)
            Places.Set(entity.ViewSlot, state.Tick, new Transform { X = x, Y = y, Rotation = rotation, EntityType = state.Types[index] });
        if ((entity.Mask & _velocityBit) != 0)
            Velocities.Set(entity.ViewSlot, state.Tick, new Velocity { X = vx, Y = vy });
        if ((entity.Mask & _placeBit) != 0)
            _view.NoteMotion(entity.ViewSlot);
    }
}
