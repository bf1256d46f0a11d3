// Finds what is near a place without looking at everything (W-D23).
using System;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// A uniform grid over the torus with cells of at most 32 m (but no more than 64 per axis), built anew by counting for each question. Within a
/// cell entities stand by ascending id; who asks must not depend on the order of cells. What lies outside the bounds is in a list of its
/// own that every question looks through, so that the answers equal those of looking at everything.
/// </summary>
internal sealed class EntityGrid
{
    private const float CellSide = 32f;
    private const int MaxCells = 64;

    /// <summary>Covers the rounding of cell edges, metres.</summary>
    private const float Slack = 0.01f;

    private int[] _starts = Array.Empty<int>();
    private int[] _cells = Array.Empty<int>();
    private GridItem[] _unsorted = Array.Empty<GridItem>();
    private GridItem[] _items = Array.Empty<GridItem>();
    private int _count;
    private int _columns;
    private int _rows;
    private RoomBounds _bounds;

    private int Outside => _columns * _rows;

    /// <summary>Takes in every entity with a place, all of some components and one of others.</summary>
    /// <param name="world">The room.</param>
    /// <param name="all">Bits of components that all of them have.</param>
    /// <param name="any">Bits of components of which each has one.</param>
    /// <param name="delay">Ticks ago at which their places count, as far as they are known.</param>
    internal void Build(RoomWorld world, ulong all, ulong any, int delay = 0)
    {
        var entities = world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        var trails = entities.Column(StandardComponents.PositionTrail);
        var slots = entities.Slots;
        all |= StandardComponents.Transform.Bit;
        Shape(EntitySpawner.BoundsOf(world), slots.Length, entities.Capacity);
        _count = 0;
        foreach (var slot in slots)
        {
            var mask = entities.MaskOf(slot);
            if ((mask & all) != all || (mask & any) == 0)
                continue;
            float x = transforms[slot].X, y = transforms[slot].Y;
            if (delay > 0 && (mask & StandardComponents.PositionTrail.Bit) != 0
                && PositionTrail.TryGet(ref trails.Mutate(slot), world.Tick, delay, out var place))
            {
                x = place.X;
                y = place.Y;
            }

            var cell = CellOf(x, y);
            _cells[_count] = cell;
            _starts[cell]++;
            _unsorted[_count++] = new GridItem(slot, x, y);
        }

        Sort();
    }

    /// <summary>The lists that a square around a place touches; all when the place itself is outside the bounds.</summary>
    internal GridArea Around(float x, float y, float radius)
    {
        if (CellOf(x, y) == Outside)
            return new GridArea(0, 0, _columns, _rows);
        int left = Line(x - radius - Slack, _bounds.MinX, _bounds.MaxX, _columns), right = Line(x + radius + Slack, _bounds.MinX, _bounds.MaxX, _columns);
        int top = Line(y - radius - Slack, _bounds.MinY, _bounds.MaxY, _rows), bottom = Line(y + radius + Slack, _bounds.MinY, _bounds.MaxY, _rows);
        return new GridArea(left, top, Math.Min(right - left + 1, _columns), Math.Min(bottom - top + 1, _rows));
    }

    /// <summary>One of the lists of an area, by ascending id.</summary>
    internal ReadOnlySpan<GridItem> ItemsIn(in GridArea area, int list) => list == area.Lists - 1
        ? ItemsOf(Outside)
        : ItemsOf((Modulo(area.Top + (list / area.Columns), _rows) * _columns) + Modulo(area.Left + (list % area.Columns), _columns));

    /// <summary>The nearest entity to a place by the shortest image, nearer than a range; the lowest id of equally near ones.</summary>
    /// <param name="entities">The room's entities.</param>
    /// <param name="from">The place.</param>
    /// <param name="except">The slot of one that does not count.</param>
    /// <param name="range">Metres, exclusive.</param>
    /// <param name="found">The nearest.</param>
    internal bool TryFindNearest(EntityTable entities, in Transform from, int except, float range, out GridItem found)
    {
        var nearest = (float)(range * range);
        var any = false;
        found = default;
        Look(entities, ItemsOf(Outside), from, except, ref nearest, ref any, ref found);
        if (CellOf(from.X, from.Y) == Outside)
        {
            for (var cell = 0; cell < Outside; cell++)
                Look(entities, ItemsOf(cell), from, except, ref nearest, ref any, ref found);
            return any;
        }

        int column = Line(from.X, _bounds.MinX, _bounds.MaxX, _columns), row = Line(from.Y, _bounds.MinY, _bounds.MaxY, _rows);
        float width = (_bounds.MaxX - _bounds.MinX) / _columns, height = (_bounds.MaxY - _bounds.MinY) / _rows;
        for (var ring = 0; ring <= Math.Max(_columns, _rows) / 2; ring++)
        {
            // What is in this ring is at least as far away as the ring's inner edge.
            var edge = ((ring - 1) * MathF.Min(width, height)) - Slack;
            if (edge > 0 && edge * edge > nearest)
                break;
            LookAround(entities, column, row, ring, from, except, ref nearest, ref any, ref found);
        }

        return any;
    }

    private static int Cells(float length) => length > 0 ? (int)MathF.Min(MathF.Max(MathF.Ceiling(length / CellSide), 1f), MaxCells) : 1;

    private static int Modulo(int value, int count) => ((value % count) + count) % count;

    /// <summary>The row or column of a coordinate, one room to either side included; what is further away is cut off.</summary>
    private static int Line(float value, float min, float max, int cells)
    {
        var line = MathF.Floor((value - min) / (max - min) * cells);
        if (!(line > -cells))
            return -cells;
        return line < 2 * cells ? (int)line : (2 * cells) - 1;
    }

    private void LookAround(
        EntityTable entities, int column, int row, int ring, in Transform from, int except, ref float nearest, ref bool any, ref GridItem found)
    {
        // Half a turn to either side covers the torus; where both halves meet a cell is looked at twice, to no effect.
        int across = Math.Min(ring, _columns / 2), down = Math.Min(ring, _rows / 2);
        for (var dy = -down; dy <= down; dy++)
        {
            var step = Math.Abs(dy) == ring ? 1 : 2 * ring;
            for (var dx = step == 1 ? -across : -ring; dx <= across; dx += step)
            {
                if (dx >= -across)
                    Look(entities, ItemsOf((Modulo(row + dy, _rows) * _columns) + Modulo(column + dx, _columns)), from, except, ref nearest, ref any, ref found);
            }
        }
    }

    private void Look(
        EntityTable entities, ReadOnlySpan<GridItem> items, in Transform from, int except, ref float nearest, ref bool any, ref GridItem found)
    {
        float width = (float)(_bounds.MaxX - _bounds.MinX), height = (float)(_bounds.MaxY - _bounds.MinY);
        foreach (ref readonly var item in items)
        {
            var squared = Torus.LengthSquared(Torus.Delta(from.X, item.X, width), Torus.Delta(from.Y, item.Y, height));
            if (!(squared < nearest || (any && squared == nearest && entities.IdOf(item.Slot) < entities.IdOf(found.Slot))) || item.Slot == except)
                continue;
            nearest = squared;
            found = item;
            any = true;
        }
    }

    private void Shape(in RoomBounds bounds, int entities, int capacity)
    {
        _bounds = bounds;
        _columns = Cells((float)(bounds.MaxX - bounds.MinX));
        _rows = Cells((float)(bounds.MaxY - bounds.MinY));
        if (_starts.Length < Outside + 2)
            _starts = new int[Outside + 2];
        if (_cells.Length < entities)
        {
            _cells = new int[capacity];
            _unsorted = new GridItem[capacity];
            _items = new GridItem[capacity];
        }

        Array.Clear(_starts, 0, _starts.Length);
    }

    private void Sort()
    {
        for (var cell = 1; cell < _starts.Length; cell++)
            _starts[cell] += _starts[cell - 1];
        for (var i = _count - 1; i >= 0; i--)
            _items[--_starts[_cells[i]]] = _unsorted[i];
    }

    private ReadOnlySpan<GridItem> ItemsOf(int cell) => _items.AsSpan(_starts[cell], _starts[cell + 1] - _starts[cell]);

    private int CellOf(float x, float y)
    {
        if (!(x >= _bounds.MinX && x <= _bounds.MaxX && y >= _bounds.MinY && y <= _bounds.MaxY))
            return Outside;
        return (Math.Min(Math.Max(Line(y, _bounds.MinY, _bounds.MaxY, _rows), 0), _rows - 1) * _columns)
            + Math.Min(Math.Max(Line(x, _bounds.MinX, _bounds.MaxX, _columns), 0), _columns - 1);
    }
}
