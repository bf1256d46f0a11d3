// Which cell every entity is in.
using Aetheris.Protocol.Codec2;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Places entities into cells and moves them when they leave their square, change class or audience. Ids are the lowest free ones and
/// come back only after their cell was empty for <see cref="Cell.KeptTicks"/> ticks. Steady use allocates nothing.
/// </summary>
public sealed class CellMap
{
    private const ushort None = ushort.MaxValue;
    private const int SingleAbove = 128;
    private const int SingleBelow = 96;
    private const ulong RegridTicks = 600;

    private readonly ChannelRegistry _channels;
    private readonly InterestFilters _filters;
    private readonly Dictionary<CellKey, Cell> _heads = [];
    private readonly List<Cell> _live = [];
    private readonly Stack<Cell> _pool = new();
    private readonly Stack<CellSnapshot> _spareStates = new();
    private readonly int[] _caps;
    private Cell?[] _byId = new Cell?[64];
    private ushort[] _cellOf = new ushort[64];
    private byte[] _classOf = new byte[64];
    private bool[] _isResting = new bool[64];
    private uint _incarnations;
    private int _lowestFree;
    private int _movers;
    private ulong _regriddedAt;
    private Protocol.Components.RoomBounds _bounds;
    private bool _isSingle = true;

    /// <summary>An empty map; <see cref="Reset"/> comes first.</summary>
    public CellMap(ChannelRegistry channels, InterestFilters filters)
    {
        _channels = channels;
        _filters = filters;
        _caps = new int[channels.Classes.Count];
        Array.Fill(_caps, Codec2Limits.MaxMembers);
        Array.Fill(_cellOf, None);
    }

    /// <summary>The squares.</summary>
    public InterestGrid Grid { get; private set; }

    /// <summary>Cells, those included that have been empty for less than 64 ticks.</summary>
    public IReadOnlyList<Cell> Live => _live;

    /// <summary>Rises when a cell comes or goes: interest has to be looked at again.</summary>
    public uint Version { get; private set; }

    /// <summary>Ids are below this.</summary>
    public int Capacity => _byId.Length;

    /// <summary>The cell with an id, if there is one.</summary>
    public Cell? ById(int id) => (uint)id < (uint)_byId.Length ? _byId[id] : null;

    /// <summary>The cell of an entity, if it is in one.</summary>
    public Cell? Of(int slot) => (uint)slot < (uint)_cellOf.Length && _cellOf[slot] != None ? _byId[_cellOf[slot]] : null;

    /// <summary>Forgets all cells and takes a room's bounds.</summary>
    public void Reset(in Protocol.Components.RoomBounds bounds)
    {
        foreach (var cell in _live)
        {
            _byId[cell.Id] = null;
            Retire(cell);
        }

        _live.Clear();
        _heads.Clear();
        Array.Fill(_cellOf, None);
        Array.Fill(_caps, Codec2Limits.MaxMembers);
        _lowestFree = 0;
        _movers = 0;
        _regriddedAt = 0;
        _isSingle = true;
        _bounds = bounds;
        Grid = new InterestGrid(in bounds, isSingle: true);
        Version++;
    }

    /// <summary>Before the changes of a tick: splits what was too large, closes what is empty, and divides the room when it has filled.</summary>
    public void BeginTick(RoomReplica replica, ulong tick)
    {
        for (var i = _live.Count - 1; i >= 0; i--)
        {
            var cell = _live[i];
            if (cell.IsTooLarge)
                Split(cell, tick);
            if (cell.Count == 0 && tick - cell.EmptySince >= Cell.KeptTicks)
                Close(cell, i);
        }

        var single = _isSingle ? _movers <= SingleAbove : _movers <= SingleBelow && tick - _regriddedAt >= RegridTicks;
        if (single != _isSingle)
            Regrid(replica, single, tick);
    }

    /// <summary>Takes a new entity.</summary>
    public void Add(RoomReplica replica, int slot, bool isResting, ulong tick)
    {
        EnsureSlots(slot + 1);
        _isResting[slot] = isResting;
        Add(replica, slot, tick);
    }

    /// <summary>An entity has begun to move, or has not moved for a while.</summary>
    public void SetResting(RoomReplica replica, int slot, bool isResting, ulong tick)
    {
        if (Of(slot) is null || _isResting[slot] == isResting)
            return;
        _isResting[slot] = isResting;
        if (!_channels.Classes[_classOf[slot]].Moves)
            return;
        Remove(slot, tick);
        Add(replica, slot, tick);
    }

    private void Add(RoomReplica replica, int slot, ulong tick)
    {
        if (_cellOf[slot] != None)
            Remove(slot, tick);
        var replicationClass = ClassOf(replica, slot);
        _classOf[slot] = (byte)replicationClass;
        if (_channels.Classes[replicationClass].Moves)
            _movers++;
        Place(replica, slot, replicationClass, tick);
    }

    /// <summary>Forgets an entity.</summary>
    public void Remove(int slot, ulong tick)
    {
        if (Of(slot) is not { } cell)
            return;
        cell.Remove((ushort)slot, tick);
        _cellOf[slot] = None;
        if (_channels.Classes[_classOf[slot]].Moves)
            _movers--;
    }

    /// <summary>Looks whether an entity still belongs where it is.</summary>
    /// <param name="replica">The room.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="mask">Components that were written, added or removed.</param>
    /// <param name="tick">The tick.</param>
    public void Update(RoomReplica replica, int slot, ulong mask, ulong tick)
    {
        if (Of(slot) is not { } cell)
        {
            Add(replica, slot, isResting: false, tick);
            return;
        }

        if ((mask & (StandardComponents.Transform.Bit | _filters.Watches)) == 0)
            return;
        var replicationClass = ClassOf(replica, slot);
        var stays = replicationClass == cell.Key.Class
            && ((mask & _filters.Watches) == 0 || _filters.AudienceOf(replica, slot) == cell.Key.Audience)
            && IsIn(replica, slot, cell.Key.Square);
        if (stays)
            return;
        Remove(slot, tick);
        Add(replica, slot, tick);
    }

    private static bool HasPlace(RoomReplica replica, int slot) => replica.Entities.Column(StandardComponents.Transform).Has(slot);

    private bool IsIn(RoomReplica replica, int slot, int square)
    {
        if (!HasPlace(replica, slot))
            return square == Cell.Everywhere;
        ref readonly var place = ref replica.Entities.Column(StandardComponents.Transform)[slot];
        return square != Cell.Everywhere && (Grid.IsNear(square, place.X, place.Y) || Grid.SquareAt(place.X, place.Y) == square);
    }

    private int ClassOf(RoomReplica replica, int slot) => HasPlace(replica, slot)
        ? _channels.ClassOf(replica.Entities.Column(StandardComponents.Transform)[slot].EntityType)
        : _channels.Placeless;

    private void Place(RoomReplica replica, int slot, int replicationClass, ulong tick)
    {
        var square = Cell.Everywhere;
        if (HasPlace(replica, slot))
        {
            ref readonly var place = ref replica.Entities.Column(StandardComponents.Transform)[slot];
            square = Grid.SquareAt(place.X, place.Y);
        }

        var cell = FindSpace(new CellKey(
            square, replicationClass, _filters.AudienceOf(replica, slot), _isResting[slot] && _channels.Classes[replicationClass].Moves), null, tick);
        if (cell is null)
            return;
        cell.Add((ushort)slot, tick);
        _cellOf[slot] = cell.Id;
    }

    /// <summary>A cell with space for one more; null when all ids are taken.</summary>
    private Cell? FindSpace(in CellKey key, Cell? except, ulong tick)
    {
        Cell? last = null;
        if (_heads.TryGetValue(key, out var cell))
        {
            for (; cell is not null; cell = cell.Next)
            {
                if (cell.Count < _caps[key.Class] && cell != except && !cell.IsTooLarge)
                    return cell;
                last = cell;
            }
        }

        var opened = Open(key, tick);
        if (opened is null)
            return null;
        if (last is null)
            _heads.Add(key, opened);
        else
            last.Next = opened;
        return opened;
    }

    private Cell? Open(in CellKey key, ulong tick)
    {
        while (_lowestFree < _byId.Length && _byId[_lowestFree] is not null)
            _lowestFree++;
        if (_lowestFree >= None)
            return null;
        if (_lowestFree == _byId.Length)
            Array.Resize(ref _byId, _byId.Length * 2);
        if (!_pool.TryPop(out var cell))
            cell = new Cell(_spareStates);
        cell.Open((ushort)_lowestFree, ++_incarnations, in key, tick);
        _byId[_lowestFree] = cell;
        _live.Add(cell);
        Version++;
        return cell;
    }

    private void Close(Cell cell, int index)
    {
        var head = _heads[cell.Key];
        if (head == cell)
        {
            if (cell.Next is null)
                _heads.Remove(cell.Key);
            else
                _heads[cell.Key] = cell.Next;
        }
        else
        {
            var before = head;
            while (before.Next != cell)
                before = before.Next!;
            before.Next = cell.Next;
        }

        _byId[cell.Id] = null;
        _lowestFree = Math.Min(_lowestFree, cell.Id);
        _live[index] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
        Retire(cell);
        Version++;
    }

    private void Retire(Cell cell)
    {
        cell.Close();
        _pool.Push(cell);
    }

    /// <summary>Half of the members go elsewhere, and cells of the class stay smaller from now on.</summary>
    private void Split(Cell cell, ulong tick)
    {
        cell.IsTooLarge = false;
        if (cell.Count < 2)
            return;
        var keep = cell.Count / 2;
        _caps[cell.Key.Class] = Math.Clamp(cell.Count * 3 / 4, 1, _caps[cell.Key.Class]);
        while (cell.Count > keep)
        {
            var slot = cell.Members[^1];
            var other = FindSpace(cell.Key, cell, tick);
            if (other is null)
                return;
            cell.Remove(slot, tick);
            other.Add(slot, tick);
            _cellOf[slot] = other.Id;
        }
    }

    private void Regrid(RoomReplica replica, bool isSingle, ulong tick)
    {
        _isSingle = isSingle;
        _regriddedAt = tick;
        Grid = new InterestGrid(in _bounds, isSingle);
        Version++;
        foreach (var cell in _live)
        {
            while (cell.Key.Square != Cell.Everywhere && cell.Count > 0)
            {
                var slot = cell.Members[^1];
                cell.Remove(slot, tick);
                _cellOf[slot] = None;
            }
        }

        foreach (var slot in replica.Entities.Slots)
        {
            if (slot < _cellOf.Length && _cellOf[slot] == None)
                Place(replica, slot, _classOf[slot], tick);
        }
    }

    private void EnsureSlots(int count)
    {
        var length = _cellOf.Length;
        if (count <= length)
            return;
        var capacity = Math.Max(count, length * 2);
        Array.Resize(ref _cellOf, capacity);
        Array.Resize(ref _classOf, capacity);
        Array.Resize(ref _isResting, capacity);
        _cellOf.AsSpan(length).Fill(None);
    }
}
