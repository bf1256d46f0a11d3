// The cells that one client gets.
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Near cells that every filter lets this viewer see. Looked at again when cells come or go, when the viewer changes square or ship, and
/// every <see cref="LookTicks"/> anyway.
/// </summary>
internal sealed class ClientInterest
{
    /// <summary>Ticks after which interest and channels are looked at again at the latest.</summary>
    public const int LookTicks = 16;

    private const ulong CombatTicks = 120;
    private const short None = -1;

    private readonly float _metres;
    private ClientCell[] _cells = new ClientCell[16];
    private short[] _indexOf = [];
    private uint _version;
    private ulong _lookedAt;
    private int _square = int.MinValue;
    private int _ship = int.MinValue;
    private float _x;
    private float _y;

    /// <summary>An empty interest.</summary>
    /// <param name="metres">How far a viewer sees.</param>
    public ClientInterest(float metres) => _metres = metres;

    /// <summary>Number of cells.</summary>
    public int Count { get; private set; }

    /// <summary>The cells; references are valid until the next <see cref="Update"/>.</summary>
    public Span<ClientCell> Cells => _cells.AsSpan(0, Count);

    /// <summary>Cells to forget.</summary>
    public LeaveQueue Leaves { get; } = new();

    /// <summary>The client holds nothing any more.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Fill(_indexOf, None);
        Leaves.Clear();
        _square = int.MinValue;
    }

    /// <summary>Brings the interest up to date.</summary>
    public void Update(Codec2Room room, PlayerId player, int ship)
    {
        var square = FindSquare(room, ship);
        if (square == _square && ship == _ship && room.Cells.Version == _version && room.Tick - _lookedAt < LookTicks)
            return;
        _square = square;
        _ship = ship;
        _version = room.Cells.Version;
        _lookedAt = room.Tick;
        EnsureIds(room.Cells.Capacity);
        var viewer = new Viewer(player, ship, room.Replica);
        var rings = room.Cells.Grid.RingsWithin(_metres);
        var live = room.Cells.Live;
        for (var i = 0; i < live.Count; i++)
            Look(room, live[i], in viewer, rings);
        for (var i = Count - 1; i >= 0; i--)
        {
            if (room.Cells.ById(_cells[i].Id) is not { } cell || cell.Incarnation != _cells[i].Incarnation)
                Leave(i);
        }
    }

    /// <summary>
    /// A datagram that held a cell's state of a tick has arrived. If the cell is not in the interest any more, the datagram may have come
    /// after the leave and brought the cell back: the leave is owed again.
    /// </summary>
    public void Acknowledge(ushort cell, ulong tick)
    {
        if (cell >= _indexOf.Length)
            return;
        var index = _indexOf[cell];
        if (index != None)
            _cells[index].Acknowledge(tick);
        else if (!Leaves.Owes(cell))
            Leaves.Add(cell);
    }

    /// <summary>The place of a cell, or −1.</summary>
    public int IndexOf(ushort cell) => cell < _indexOf.Length ? _indexOf[cell] : None;

    private int FindSquare(Codec2Room room, int ship)
    {
        if (ship < 0)
            return room.Cells.Grid.SquareAt(_x, _y);
        ref readonly var place = ref room.Replica.Entities.Column(StandardComponents.Transform)[ship];
        _x = place.X;
        _y = place.Y;
        return room.Cells.Of(ship) is { } cell && cell.Key.Square != Cell.Everywhere ? cell.Key.Square : room.Cells.Grid.SquareAt(_x, _y);
    }

    private void Look(Codec2Room room, Cell cell, in Viewer viewer, int rings)
    {
        var distance = cell.Key.Square == Cell.Everywhere ? 0 : room.Cells.Grid.RingsBetween(_square, cell.Key.Square);
        var index = (int)_indexOf[cell.Id];
        if (distance > rings || !room.Filters.CanSee(in viewer, cell.Key.Audience))
        {
            if (index != None)
                Leave(index);
            return;
        }

        if (index == None)
            index = Enter(cell, room.Tick);
        else if (_cells[index].Incarnation != cell.Incarnation)
            _cells[index] = NewCell(cell, room.Tick, _cells[index].SentAt != 0 || _cells[index].MayHoldOld);
        var kind = room.Channels.Classes[cell.Key.Class];
        var isCombat = distance <= 1 && cell.CombatAt != 0 && room.Tick - cell.CombatAt < CombatTicks;
        var channel = isCombat ? kind.Combat : distance == 0 ? kind.Same : distance == 1 ? kind.Adjacent : kind.Far;
        _cells[index].Channel = (byte)channel;
        _cells[index].Weight = room.Channels.Channels[channel].Weight / (1 + (0.25f * distance));
    }

    private static ClientCell NewCell(Cell cell, ulong tick, bool mayHoldOld) =>
        new() { Id = cell.Id, Incarnation = cell.Incarnation, Since = tick, MayHoldOld = mayHoldOld };

    private int Enter(Cell cell, ulong tick)
    {
        if (Count == _cells.Length)
            Array.Resize(ref _cells, Count * 2);
        _cells[Count] = NewCell(cell, tick, Leaves.Cancel(cell.Id));
        _indexOf[cell.Id] = (short)Count;
        return Count++;
    }

    private void Leave(int index)
    {
        var id = _cells[index].Id;
        if (_cells[index].SentAt != 0 || _cells[index].MayHoldOld)
            Leaves.Add(id);
        _indexOf[id] = None;
        if (index != --Count)
        {
            _cells[index] = _cells[Count];
            _indexOf[_cells[index].Id] = (short)index;
        }
    }

    private void EnsureIds(int capacity)
    {
        var length = _indexOf.Length;
        if (capacity <= length)
            return;
        Array.Resize(ref _indexOf, capacity);
        _indexOf.AsSpan(length).Fill(None);
    }
}
