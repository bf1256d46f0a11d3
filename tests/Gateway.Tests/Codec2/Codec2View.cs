// A client of codec 2 that does nothing but decode, check, apply and acknowledge: the rules of the protocol, read strictly.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests.Codec2;

internal sealed class Codec2View(Codec2Schema schema)
{
    private const int MovedTicks = 30;

    private readonly Dictionary<ushort, CellView> _cells = [];
    private readonly BlockDecoder _decoder = new();
    private readonly DecodedSlow _slow = new();
    private readonly ushort[] _leaves = new ushort[Codec2Limits.MaxLeaves];
    private int _stream = -1;
    private ushort _newestSeq;
    private bool _hasSeq;

    public Dictionary<(ushort Slot, byte Generation), EntityView> Entities { get; } = [];

    public ulong Tick { get; private set; }

    public uint AppliedCount { get; private set; }

    public ulong Received { get; private set; }

    public int Discarded { get; private set; }

    public int Largest { get; private set; }

    public int OwnStates { get; private set; }

    public StateDatagram Own { get; private set; }

    public int Cells => _cells.Count;

    public (float X, float Y, float VX, float VY, float R) OwnState { get; private set; }

    public ulong OwnStateTick { get; private set; }

    /// <summary>Acknowledges as an input packet does; false before anything arrived.</summary>
    public bool TryAcknowledge(out ushort newest, out ulong history)
    {
        newest = _newestSeq;
        history = Received;
        return _hasSeq;
    }

    public void Receive(ReadOnlySpan<byte> data)
    {
        Largest = Math.Max(Largest, data.Length);
        var reader = new ByteReader(data);
        Assert.True(StateDatagram.TryRead(ref reader, Tick, AppliedCount, out var head, _leaves));
        if (_stream >= 0 && (sbyte)(head.Stream - _stream) < 0)
            return;
        if (head.Stream != _stream)
        {
            _stream = head.Stream;
            _cells.Clear();
            foreach (var entity in Entities.Values)
                entity.Cell = -1;
        }

        if (IsRepeat(head.Seq) || !TryApply(ref reader, in head))
            return;
        Note(head.Seq);
        Tick = Math.Max(Tick, head.Tick);
        if (head.HasStatus && head.Tick >= Own.Tick)
        {
            Own = head;
            AppliedCount = head.AppliedCount;
        }

        if (head.HasOwnState && head.Tick > OwnStateTick)
        {
            OwnStates++;
            OwnStateTick = head.Tick;
            OwnState = (head.X, head.Y, head.VX, head.VY, head.Rotation);
        }

        foreach (var (key, _) in Entities.Where(pair => pair.Value.Cell < 0 && Tick > pair.Value.MovedAt + MovedTicks).ToList())
            Entities.Remove(key);
    }

    private bool IsRepeat(ushort seq)
    {
        if (!_hasSeq)
            return false;
        var behind = (short)(_newestSeq - seq);
        return behind == 0 || behind > 64 || (behind > 0 && (Received & (1UL << (behind - 1))) != 0);
    }

    private void Note(ushort seq)
    {
        var ahead = (short)(seq - _newestSeq);
        if (!_hasSeq)
        {
            _newestSeq = seq;
            _hasSeq = true;
        }
        else if (ahead > 0)
        {
            Received = ahead > 64 ? 0 : ((ahead == 64 ? 0 : Received << ahead) | (1UL << (ahead - 1)));
            _newestSeq = seq;
        }
        else
        {
            Received |= 1UL << (-ahead - 1);
        }
    }

    private bool TryApply(ref ByteReader reader, in StateDatagram head)
    {
        _slow.Clear();
        ushort sum = 0;
        var blocks = new List<(ushort Cell, CellSnapshot State, int From, int To)>();
        while (reader.Remaining > 0)
        {
            Assert.True(BlockHead.TryRead(ref reader, out var block));
            Assert.True(reader.TryReadBytes(block.Length, out var bytes));
            if (!TryBase(head.Tick, block, out var first, out var second))
            {
                Discarded++;
                return false;
            }

            var state = new CellSnapshot();
            var from = _slow.Count;
            Assert.True(_decoder.TryDecode(schema, bytes, first, second, head.Tick, state, _slow, out var check));
            sum += check;
            blocks.Add((block.Cell, state, from, _slow.Count));
        }

        if (sum != head.Check)
        {
            Discarded++;
            return false;
        }

        for (var i = 0; i < head.LeaveCount; i++)
            Leave(_leaves[i], head.Tick);
        foreach (var (cell, state, from, to) in blocks)
            Apply(cell, state, from, to);
        return true;
    }

    private bool TryBase(ulong tick, in BlockHead block, out CellSnapshot? first, out CellSnapshot? second)
    {
        first = second = null;
        if (block.Age == 0)
            return true;
        if (!_cells.TryGetValue(block.Cell, out var cell))
            return false;
        first = cell.At(tick - (ulong)block.Age);
        second = block.Gap == 0 ? null : cell.At(tick - (ulong)(block.Age + block.Gap));
        return first is not null && (block.Gap == 0 || second is not null);
    }

    private void Leave(ushort id, ulong tick)
    {
        if (!_cells.TryGetValue(id, out var cell) || cell.Newest >= tick)
            return;
        _cells.Remove(id);
        foreach (var (key, _) in Entities.Where(pair => pair.Value.Cell == id).ToList())
            Entities.Remove(key);
    }

    private void Apply(ushort id, CellSnapshot state, int from, int to)
    {
        if (!_cells.TryGetValue(id, out var cell))
            _cells.Add(id, cell = new CellView());
        cell.Keep(state);
        if (state.Tick < cell.Newest)
            return;
        cell.Newest = state.Tick;
        var entries = _slow.Entries[from..to];
        for (var i = 0; i < state.Count; i++)
        {
            var key = (state.Slots[i], state.Generations[i]);
            if (!Entities.TryGetValue(key, out var entity))
            {
                entity = new EntityView();
                Entities.Add(key, entity);
            }

            if (entity.Tick > state.Tick)
                continue;
            entity.Advance(schema, state.Tick);
            entity.Tick = state.Tick;
            entity.Cell = id;
            entity.Type = state.Types[i];
            entity.Motion = state.Motions[i];
        }

        foreach (var entry in entries)
            ApplySlow(id, state, in entry);
        foreach (var (_, entity) in Entities.Where(pair => pair.Value.Cell == id && state.IndexOf(pair.Key.Slot) < 0).ToList())
        {
            entity.Cell = -1;
            entity.MovedAt = state.Tick;
        }

        foreach (var (key, entity) in Entities.Where(pair => pair.Value.Cell == id).ToList())
        {
            if (state.Generations[state.IndexOf(key.Slot)] != key.Generation)
                Entities.Remove(key);
        }
    }

    private void ApplySlow(ushort id, CellSnapshot state, in DecodedSlowEntry entry)
    {
        var key = (entry.Slot, entry.Generation);
        if (!Entities.TryGetValue(key, out var entity) || entity.Tick > state.Tick)
            return;
        switch (entry.Kind)
        {
            case DecodedSlowKind.Entered:
                entity.Id = entry.Id;
                entity.Mask = entry.Mask;
                entity.Values.Clear();
                break;
            case DecodedSlowKind.Despawned:
                if (entity.Cell == id || entity.Cell < 0)
                    Entities.Remove(key);
                break;
            case DecodedSlowKind.Value:
                entity.Values[entry.Bit] = _slow.BytesOf(in entry).ToArray();
                entity.Mask |= 1UL << entry.Bit;
                break;
            case DecodedSlowKind.Removed:
                entity.Values.Remove(entry.Bit);
                entity.Mask &= ~(1UL << entry.Bit);
                break;
            default:
                break;
        }
    }

    internal sealed class EntityView
    {
        public ulong Id { get; set; }

        public ulong Tick { get; set; }

        public int Cell { get; set; } = -1;

        public ulong MovedAt { get; set; }

        public ushort Type { get; set; }

        public QuantizedMotion Motion { get; set; }

        public ulong Mask { get; set; }

        public Dictionary<int, byte[]> Values { get; } = [];

        public void Advance(Codec2Schema schema, ulong tick)
        {
            foreach (var component in schema.Components)
            {
                if (component.CountdownOffset < 0 || !Values.TryGetValue(component.Bit, out var value))
                    continue;
                var place = value.AsSpan(component.CountdownOffset, 4);
                var left = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(place);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)(left - Math.Min(left, tick - Tick)));
            }
        }
    }

    private sealed class CellView
    {
        private readonly CellSnapshot?[] _states = new CellSnapshot?[Codec2Limits.MaxAge + 1];

        public ulong Newest { get; set; }

        public CellSnapshot? At(ulong tick) => _states[tick % (ulong)_states.Length] is { } state && state.Tick == tick ? state : null;

        public void Keep(CellSnapshot state)
        {
            if (_states[state.Tick % (ulong)_states.Length] is not { } old || old.Tick <= state.Tick)
                _states[state.Tick % (ulong)_states.Length] = state;
        }
    }
}
