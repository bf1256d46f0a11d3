// Squares on a room's torus.
using Aetheris.Protocol.Components;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Divides a room into squares of about <see cref="SquareMetres"/>; a torus of less than two squares in a direction has one there.
/// A member stays in its square until it is <see cref="HysteresisMetres"/> outside, so that a ship on a border does not change
/// cells every tick.
/// </summary>
public readonly struct InterestGrid
{
    /// <summary>Side of a square, metres, before it is fitted to the room.</summary>
    public const float SquareMetres = 125;

    /// <summary>How far outside its square a member may be, metres.</summary>
    public const float HysteresisMetres = 8;

    private const int MaxPerSide = 1024;

    private readonly float _minX;
    private readonly float _minY;
    private readonly float _width;
    private readonly float _height;

    /// <summary>A grid over a room's bounds.</summary>
    /// <param name="bounds">The torus.</param>
    /// <param name="isSingle">Whether the whole room is one square.</param>
    public InterestGrid(in RoomBounds bounds, bool isSingle)
    {
        _minX = bounds.MinX;
        _minY = bounds.MinY;
        _width = Math.Max(1, bounds.MaxX - bounds.MinX);
        _height = Math.Max(1, bounds.MaxY - bounds.MinY);
        Columns = isSingle ? 1 : Math.Clamp((int)MathF.Round(_width / SquareMetres), 1, MaxPerSide);
        Rows = isSingle ? 1 : Math.Clamp((int)MathF.Round(_height / SquareMetres), 1, MaxPerSide);
    }

    /// <summary>Squares from west to east.</summary>
    public int Columns { get; }

    /// <summary>Squares from south to north.</summary>
    public int Rows { get; }

    /// <summary>Side of a square along x, metres.</summary>
    public float SideX => _width / Columns;

    /// <summary>Side of a square along y, metres.</summary>
    public float SideY => _height / Rows;

    /// <summary>The square of a place; places outside the bounds wrap.</summary>
    public int SquareAt(float x, float y) => (Index(y - _minY, _height, Rows) * Columns) + Index(x - _minX, _width, Columns);

    /// <summary>Whether a place still counts as in a square.</summary>
    public bool IsNear(int square, float x, float y) =>
        IsNear(x - _minX, square % Columns, SideX, Columns) && IsNear(y - _minY, square / Columns, SideY, Rows);

    /// <summary>Rings between two squares: 0 the same, 1 adjacent …, around the torus.</summary>
    public int RingsBetween(int a, int b)
    {
        var dx = Math.Abs((a % Columns) - (b % Columns));
        var dy = Math.Abs((a / Columns) - (b / Columns));
        return Math.Max(Math.Min(dx, Columns - dx), Math.Min(dy, Rows - dy));
    }

    /// <summary>Rings that a reach in metres covers.</summary>
    public int RingsWithin(float metres) => (int)Math.Min(MaxPerSide, MathF.Ceiling(metres / Math.Min(SideX, SideY)));

    private static int Index(float offset, float length, int count)
    {
        if (count == 1 || !float.IsFinite(offset))
            return 0;
        var wrapped = offset - (MathF.Floor(offset / length) * length);
        return Math.Clamp((int)(wrapped * count / length), 0, count - 1);
    }

    private static bool IsNear(float offset, int index, float side, int count)
    {
        if (count == 1)
            return true;
        var length = side * count;
        var distance = Math.Abs(offset - ((index + 0.5f) * side)) % length;
        return Math.Min(distance, length - distance) <= (side / 2) + HysteresisMetres;
    }
}
