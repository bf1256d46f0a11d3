// The unit of replication: up to 64 entities of one class and audience in one square.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>One cell of a room. Its states are kept only for the ticks at which somebody was sent it: nobody can have another base.</summary>
public sealed class Cell
{
    /// <summary>Ticks that a state is kept and an empty cell keeps its id.</summary>
    public const int KeptTicks = Codec2Limits.MaxAge + 1;

    /// <summary>The square of what has no place.</summary>
    public const int Everywhere = -1;

    private readonly ushort[] _members = new ushort[Codec2Limits.MaxMembers];
    private readonly CellSnapshot?[] _states = new CellSnapshot?[KeptTicks];
    private readonly Stack<CellSnapshot> _spare;
    private EncodedBlock[] _blocks = new EncodedBlock[8];
    private ulong _blockTick;
    private int _blockCount;

    /// <summary>A cell that <see cref="Open"/> brings to life.</summary>
    /// <param name="spare">States that no cell of the room needs at present.</param>
    public Cell(Stack<CellSnapshot> spare) => _spare = spare;

    /// <summary>Number on the wire.</summary>
    public ushort Id { get; private set; }

    /// <summary>Tells apart the cells that have had this id, 1 or more.</summary>
    public uint Incarnation { get; private set; }

    /// <summary>What its members have in common.</summary>
    public CellKey Key { get; private set; }

    /// <summary>Next cell with the same key.</summary>
    public Cell? Next { get; set; }

    /// <summary>Members.</summary>
    public int Count { get; private set; }

    /// <summary>Slots of the members, ascending.</summary>
    public ReadOnlySpan<ushort> Members => _members.AsSpan(0, Count);

    /// <summary>Tick at which anything in it last changed in what is sent.</summary>
    public ulong ChangedAt { get; set; }

    /// <summary>Tick of the last shot or hit of a member.</summary>
    public ulong CombatAt { get; set; }

    /// <summary>Tick at which the last member left; meaningful while empty.</summary>
    public ulong EmptySince { get; private set; }

    /// <summary>Whether its absolute block was too large: it is split before the next tick.</summary>
    public bool IsTooLarge { get; set; }

    /// <summary>Begins its life.</summary>
    public void Open(ushort id, uint incarnation, in CellKey key, ulong tick)
    {
        Id = id;
        Incarnation = incarnation;
        Key = key;
        Next = null;
        Count = 0;
        ChangedAt = tick;
        CombatAt = 0;
        EmptySince = tick;
        IsTooLarge = false;
        _blockCount = 0;
    }

    /// <summary>Ends its life: its states may serve other cells.</summary>
    public void Close()
    {
        foreach (ref var state in _states.AsSpan())
        {
            if (state is null)
                continue;
            state.Clear(0);
            _spare.Push(state);
            state = null;
        }
    }

    /// <summary>Adds a member; the cell is not full.</summary>
    public void Add(ushort slot, ulong tick)
    {
        var place = Count++;
        for (; place > 0 && _members[place - 1] > slot; place--)
            _members[place] = _members[place - 1];
        _members[place] = slot;
        ChangedAt = tick;
    }

    /// <summary>Removes a member.</summary>
    public void Remove(ushort slot, ulong tick)
    {
        var place = Members.BinarySearch(slot);
        if (place < 0)
            return;
        Count--;
        Array.Copy(_members, place + 1, _members, place, Count - place);
        ChangedAt = tick;
        if (Count == 0)
            EmptySince = tick;
    }

    /// <summary>The state at a tick, if it was sent then and is still kept; ticks count from 1.</summary>
    public CellSnapshot? StateAt(ulong tick)
    {
        var state = _states[tick % KeptTicks];
        return state is not null && state.Tick == tick && tick != 0 ? state : null;
    }

    /// <summary>Where the state of this tick goes. A cell that is rarely sent needs few states: one that is too old serves again.</summary>
    public CellSnapshot StateFor(ulong tick)
    {
        ref var state = ref _states[tick % KeptTicks];
        if (state is not null)
            return state;
        foreach (ref var old in _states.AsSpan())
        {
            if (old is null || old.Tick + KeptTicks > tick)
                continue;
            state = old;
            old = null;
            return state;
        }

        return state = _spare.TryPop(out var spare) ? spare : new CellSnapshot();
    }

    /// <summary>A block that was encoded in this tick.</summary>
    public bool TryGetBlock(ulong tick, int age, int gap, out EncodedBlock block)
    {
        if (_blockTick == tick)
        {
            foreach (ref readonly var known in _blocks.AsSpan(0, _blockCount))
            {
                if (known.Age == age && known.Gap == gap)
                {
                    block = known;
                    return true;
                }
            }
        }

        block = default;
        return false;
    }

    /// <summary>Remembers a block for the rest of the tick.</summary>
    public void Keep(ulong tick, in EncodedBlock block)
    {
        if (_blockTick != tick)
        {
            _blockTick = tick;
            _blockCount = 0;
        }

        if (_blockCount == _blocks.Length)
            Array.Resize(ref _blocks, _blockCount * 2);
        _blocks[_blockCount++] = block;
    }
}
