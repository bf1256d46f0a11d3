// Which entity is meant by a room's slot and generation.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.View.Codec2;

/// <summary>
/// An entity that moved out of a cell is kept until it shows up in another one, at least as long as a base may name it as a member:
/// a block against such a base relies on the id and the values that came before.
/// </summary>
internal sealed class SlotTable
{
    /// <summary>Ticks after which an entity that belongs to no cell is out of sight.</summary>
    public const ulong UnseenTicks = Codec2Limits.MaxAge + 1;

    private readonly ClientView _view;
    private readonly List<ushort> _homeless = new();
    private SlotEntity[] _entities = new SlotEntity[64];
    private ulong _swept;

    /// <summary>A table over a view.</summary>
    public SlotTable(ClientView view) => _view = view;

    /// <summary>The entity of a slot; a default one if there never was one.</summary>
    public ref SlotEntity At(ushort slot)
    {
        if (slot >= _entities.Length)
            Array.Resize(ref _entities, Math.Max(slot + 1, _entities.Length * 2));
        return ref _entities[slot];
    }

    /// <summary>An entity is a member of a cell at a tick; one that was in the slot before is gone.</summary>
    /// <returns>False when this is not the newest thing known about it, or the view does not take it.</returns>
    public bool TryEnter(in DecodedSlowEntry entry, ushort cell, ulong tick)
    {
        ref var entity = ref At(entry.Slot);
        var id = new NetworkId(entry.Id);
        if (entity.Id != id || entity.Generation != entry.Generation)
        {
            if (tick < entity.Seen)
                return false;
            if (entity.Id != NetworkId.None && entity.Id != id)
                _view.Forget(entity.Id);
            entity = new SlotEntity { Id = id, Generation = entry.Generation, ViewSlot = -1 };
        }
        else if (tick < entity.Seen)
        {
            return false;
        }

        entity.Mask = entry.Mask;
        entity.Cell = cell;
        entity.Seen = tick;
        entity.ViewSlot = _view.SlotFor(id);
        return entity.ViewSlot >= 0;
    }

    /// <summary>Whether a member is known, and this the newest thing known about it; then its place in the view is valid.</summary>
    public bool TryFind(ushort slot, byte generation, ulong tick)
    {
        ref var entity = ref At(slot);
        if (entity.Id == NetworkId.None || entity.Generation != generation || tick < entity.Seen)
            return false;
        if (entity.ViewSlot < 0 || entity.ViewSlot >= _view.SlotCount || _view.IdOf(entity.ViewSlot) != entity.Id)
            entity.ViewSlot = _view.TryGetSlot(entity.Id, out var found) ? found : -1;
        return entity.ViewSlot >= 0;
    }

    /// <summary>An entity left a cell for another one.</summary>
    public void Leave(ushort slot, byte generation, ushort cell)
    {
        ref var entity = ref At(slot);
        if (entity.Generation != generation || entity.Cell != cell || entity.Id == NetworkId.None)
            return;
        entity.Cell = -1;
        _homeless.Add(slot);
    }

    /// <summary>An entity is gone for good.</summary>
    public void Despawn(ushort slot, byte generation)
    {
        ref var entity = ref At(slot);
        if (entity.Id == NetworkId.None || entity.Generation != generation)
            return;
        _view.Despawn(entity.Id);
        entity = default;
    }

    /// <summary>The cell is out of sight with all its members.</summary>
    public void DropCell(ushort cell)
    {
        for (var slot = 0; slot < _entities.Length; slot++)
        {
            if (_entities[slot].Id != NetworkId.None && _entities[slot].Cell == cell)
                Drop(slot);
        }
    }

    /// <summary>Takes those out of the view that belonged to no cell for too long.</summary>
    public void Sweep(ulong tick)
    {
        if (tick <= _swept)
            return;
        _swept = tick;
        for (var i = _homeless.Count - 1; i >= 0; i--)
        {
            var slot = _homeless[i];
            ref var entity = ref _entities[slot];
            var isLost = entity.Id != NetworkId.None && entity.Cell < 0;
            if (isLost && entity.Seen + UnseenTicks > tick)
                continue;
            _homeless[i] = _homeless[_homeless.Count - 1];
            _homeless.RemoveAt(_homeless.Count - 1);
            if (isLost)
                Drop(slot);
        }
    }

    /// <summary>Forgets everything; the view is cleared by its owner.</summary>
    public void Clear()
    {
        Array.Clear(_entities, 0, _entities.Length);
        _homeless.Clear();
        _swept = 0;
    }

    private void Drop(int slot)
    {
        _view.Forget(_entities[slot].Id);
        _entities[slot] = default;
    }
}
