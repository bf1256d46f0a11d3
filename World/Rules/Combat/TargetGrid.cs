// Finds what is near a place without looking at everything (W-D23).
using System;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// A uniform grid over the torus with cells of at most 32 m (at most 64 per axis) over everything that has hull, shield or asteroid
/// structure, built anew by counting. Within a cell entities stand by ascending id; who asks must not depend on the order of cells.
/// </summary>
internal sealed class TargetGrid
{
    private const float CellSide = 32f;
    private const int MaxCells = 64;

    /// <summary>Covers the rounding of cell edges, metres.</summary>
    private const float Slack = 0.01f;

    private int[] _starts = Array.Empty<int>();
    private int[] _cells = Array.Empty<int>();
    private ushort[] _items = Array.Empty<ushort>();
    private int _columns;
    private int _rows;
    private RoomBounds _bounds;

    /// <summary>Bits of which a target has one.</summary>
    internal static ulong TargetBits => StandardComponents.HullPool.Bit | StandardComponents.ShieldPool.Bit | StandardComponents.AsteroidHp.Bit;

    /// <summary>Whether an entity can be hit.</summary>
    internal static bool IsTarget(ulong mask) => (mask & StandardComponents.Transform.Bit) != 0 && (mask & TargetBits) != 0;

    internal void Build(RoomWorld world)
    {
        var entities = world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        var slots = entities.Slots;
        _bounds = EntitySpawner.BoundsOf(world);
        _columns = Cells((float)(_bounds.MaxX - _bounds.MinX));
        _rows = Cells((float)(_bounds.MaxY - _bounds.MinY));
        if (_starts.Length < (_columns * _rows) + 1)
            _starts = new int[(_columns * _rows) + 1];
        if (_cells.Length < slots.Length)
        {
            _cells = new int[entities.Capacity];
            _items = new ushort[entities.Capacity];
        }

        Array.Clear(_starts, 0, _starts.Length);
        for (var i = 0; i < slots.Length; i++)
        {
            _cells[i] = -1;
            if (!IsTarget(entities.MaskOf(slots[i])))
                continue;
            ref readonly var transform = ref transforms[slots[i]];
            _cells[i] = (Row(transform.Y) * _columns) + Column(transform.X);
            _starts[_cells[i]]++;
        }

        for (var cell = 1; cell < _starts.Length; cell++)
            _starts[cell] += _starts[cell - 1];
        for (var i = slots.Length - 1; i >= 0; i--)
        {
            if (_cells[i] >= 0)
                _items[--_starts[_cells[i]]] = slots[i];
        }
    }

    /// <summary>The cells that a square around a place touches: how many on each axis, and the first of them.</summary>
    internal GridArea Around(float x, float y, float radius)
    {
        int left = Unclamped(x - radius - Slack, _bounds.MinX, _bounds.MaxX, _columns), right = Unclamped(x + radius + Slack, _bounds.MinX, _bounds.MaxX, _columns);
        int top = Unclamped(y - radius - Slack, _bounds.MinY, _bounds.MaxY, _rows), bottom = Unclamped(y + radius + Slack, _bounds.MinY, _bounds.MaxY, _rows);
        return new GridArea(left, top, Math.Min(right - left + 1, _columns), Math.Min(bottom - top + 1, _rows));
    }

    /// <summary>The targets of one cell of an area, by ascending id.</summary>
    internal ReadOnlySpan<ushort> TargetsIn(in GridArea area, int column, int row)
    {
        var cell = (Modulo(area.Top + row, _rows) * _columns) + Modulo(area.Left + column, _columns);
        return _items.AsSpan(_starts[cell], _starts[cell + 1] - _starts[cell]);
    }

    private static int Cells(float length) => length > 0 ? (int)MathF.Min(MathF.Max(MathF.Ceiling(length / CellSide), 1f), MaxCells) : 1;

    private static int Modulo(int value, int count) => ((value % count) + count) % count;

    /// <summary>The cell of a coordinate, one room to either side included; what is further away or not a number is cut off.</summary>
    private static int Unclamped(float value, float min, float max, int cells)
    {
        var cell = MathF.Floor((value - min) / (max - min) * cells);
        if (!(cell > -cells))
            return -cells;
        return cell < 2 * cells ? (int)cell : (2 * cells) - 1;
    }

    private int Column(float x) => Math.Min(Math.Max(Unclamped(x, _bounds.MinX, _bounds.MaxX, _columns), 0), _columns - 1);

    private int Row(float y) => Math.Min(Math.Max(Unclamped(y, _bounds.MinY, _bounds.MaxY, _rows), 0), _rows - 1);
}
