// Sends one connection its room, codec 2.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// One datagram per tick at least: the own record, then blocks of the cells whose newest state the client does not hold, the most urgent
/// first, as far as bytes go. A block's bases are ticks that this client has acknowledged for that cell. What is not acknowledged is
/// never repeated: its cell owes its newest state. Steady use allocates nothing.
/// </summary>
public sealed class Codec2Replicator
{
    /// <summary>
    /// The bound on staleness: a change in a client's interest is sent at most this many ticks after it, whatever the budget says, and while
    /// it is not acknowledged again after a round trip and within that many ticks each. It is twice the longest wait of a cell, because an
    /// entity may change cells just before its turn, and a margin; channels due earlier have less.
    /// </summary>
    public const int StalenessTicks = (2 * Channel.MaxDueTicks) + 12;

    // A resting cell is said again, so that its next change finds a base that is young enough.
    private const ulong RefreshTicks = 40;
    private const float RefreshScore = 0.01f;
    private const int RefreshBytes = 300;
    private const float DueScore = 1e6f;
    private const int NewCellBytes = 400;

    private readonly IConnection _connection;
    private readonly PlayerId _player;
    private readonly ConnectionEpoch _epoch;
    private readonly ClientInterest _interest;
    private readonly SentLog _log = new();
    private readonly StateWriter _writer;
    private float[] _scores = new float[32];
    private int[] _order = new int[32];
    private ByteBudget _budget;
    private PathEstimate _path;
    private AckWindow _acks;
    private OwnRecord _own;
    private uint _generation;
    private ulong _tick;
    private byte _stream;
    private int _watched = -1;

    /// <summary>A replicator whose client holds nothing.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="player">Whose.</param>
    /// <param name="epoch">Which of their connections.</param>
    /// <param name="settings">Rates and reach.</param>
    public Codec2Replicator(IConnection connection, PlayerId player, ConnectionEpoch epoch, Codec2Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _connection = connection;
        _player = player;
        _epoch = epoch;
        _writer = new StateWriter(_log);
        _interest = new ClientInterest(settings.InterestMetres);
        _budget = new ByteBudget(settings.MinBytesPerSecond, settings.BytesPerSecond, settings.JoinBytesPerSecond);
    }

    /// <summary>Whether the client has yet to receive something in its interest for the first time.</summary>
    public bool IsJoining { get; private set; } = true;

    /// <summary>Bytes per second that the way to the client is given at present.</summary>
    public float BytesPerSecond => _budget.Rate;

    /// <summary>Smoothed round trip in ticks, the client's wait to acknowledge included.</summary>
    public float RoundTripTicks => _path.RoundTrip;

    /// <summary>Notes the decisions about one entity while it is set.</summary>
    public DecisionTrace? Trace { get; set; }

    /// <summary>The client says which state datagrams it has.</summary>
    public void Acknowledge(ushort newest, ulong history)
    {
        if (!_log.TryFind(newest, out _))
            return;
        if (_acks.Take(newest, history, out var offsets) && Acknowledge(newest, out var sentAt))
            _path.Add(_tick - sentAt);
        for (; offsets != 0; offsets &= offsets - 1)
            Acknowledge(AckWindow.SeqOf(newest, offsets), out _);
        _acks.Judge(_log, ref _path);
    }

    /// <summary>Sends a tick.</summary>
    /// <param name="room">The room, stepped to the tick.</param>
    /// <param name="inputs">What reached the gateway of the player's inputs.</param>
    /// <param name="slack">How early they came.</param>
    public void Send(Codec2Room room, in InputReceiver inputs, in InputSlack slack)
    {
        ArgumentNullException.ThrowIfNull(room);
        if (room.Generation != _generation)
            Restart(room.Generation);
        _tick = room.Tick;
        if (!room.Replica.TryGetShip(_player, out var ship))
            ship = -1;
        _interest.Update(room, _player, ship);
        _budget.BeginTick(ref _path, room.Schema!.TickRate, IsJoining);

        var head = new StateDatagram { Stream = _stream, Tick = _tick };
        _own.Fill(ref head, room.Replica, ship, _epoch, in inputs, in slack);
        var headBytes = _writer.BeginTick(in head, _own.SentVersion, _interest.Leaves);
        _budget.Take(headBytes);
        room.Metrics.CountSent(ChannelRegistry.Self, headBytes);
        BeginTrace(room);
        SendCells(room, Rank(room, out var expected), expected > _budget.Bytes);
        _writer.EndTick();
        for (var i = 0; i < _writer.Count; i++)
            _connection.Send(_writer[i], reliable: false);
    }

    private void Restart(uint generation)
    {
        // The first stream is 0; whatever was sent before a restart is void.
        if (_generation != 0)
            _stream++;
        _generation = generation;
        _log.Forget();
        _acks.Restart(_log.NextSeq);
        _interest.Clear();
        _own.Reset();
        IsJoining = true;
    }

    private bool Acknowledge(ushort seq, out ulong sentAt)
    {
        sentAt = 0;
        if (!_log.TryFind(seq, out var index))
            return false;
        ref var sent = ref _log.At(index);
        if (sent.IsAcknowledged)
            return false;
        sent.IsAcknowledged = true;
        sentAt = sent.Tick;
        for (var n = 0; n < sent.CellCount; n++)
        {
            if (_log.TryGetCell(in sent, n, out var cell))
                _interest.Acknowledge(cell, sent.Tick);
        }

        if (sent.OwnVersion != 0)
            _own.Acknowledge(sent.OwnVersion);
        if (sent.LeavesThrough != 0)
            _interest.Leaves.Acknowledge(sent.LeavesThrough);
        return true;
    }

    /// <summary>Collects what the client lacks.</summary>
    /// <returns>Number of cells in <see cref="_order"/>.</returns>
    private int Rank(Codec2Room room, out int expected)
    {
        var cells = _interest.Cells;
        if (_order.Length < cells.Length)
        {
            Array.Resize(ref _order, cells.Length * 2);
            Array.Resize(ref _scores, cells.Length * 2);
        }

        var count = 0;
        var patience = _path.PatienceTicks;
        var isJoining = false;
        expected = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            ref var held = ref cells[i];
            var cell = room.Cells.ById(held.Id)!;
            isJoining |= held.HeldAt == 0 && cell.Count > 0;
            var decision = Judge(room, ref held, cell, patience, out var score);
            if (decision != Decision.Sent)
            {
                Note(i, decision, default);
                continue;
            }

            _scores[count] = score;
            _order[count++] = i;
            expected += held.LastBytes == 0 ? NewCellBytes : held.LastBytes;
        }

        IsJoining &= isJoining;
        return count;
    }

    private Decision Judge(Codec2Room room, ref ClientCell held, Cell cell, ulong patience, out float score)
    {
        score = 0;
        if (cell.Count == 0 && held.SentAt == 0 && !held.MayHoldOld)
            return Decision.Unchanged;
        var isUnderWay = held.SentAt != 0 && _tick - held.SentAt < patience;
        if (held.HeldAt != 0 && cell.ChangedAt <= held.HeldAt)
        {
            if (_tick - held.HeldAt < RefreshTicks || isUnderWay || cell.Count == 0)
                return Decision.Unchanged;
            score = RefreshScore;
            return Decision.Sent;
        }

        // Without a base a block is large: one at a time is under way.
        var hasBase = held.HeldAt != 0 && _tick - held.HeldAt <= Codec2Limits.MaxAge;
        if (isUnderWay && (held.SentAt >= cell.ChangedAt || !hasBase))
            return Decision.InFlight;
        var since = isUnderWay ? held.SentAt : held.HeldAt != 0 ? held.HeldAt : held.Since - 1;
        var age = _tick - since;
        score = age >= (ulong)room.Channels.Channels[held.Channel].DueTicks ? DueScore + age : held.Weight * age;
        return Decision.Sent;
    }

    private void SendCells(Codec2Room room, int count, bool isShort)
    {
        if (isShort)
            Array.Sort(_scores, _order, 0, count);
        for (var i = count - 1; i >= 0; i--)
        {
            var index = _order[i];
            ref var held = ref _interest.Cells[index];
            var needed = _scores[i] == RefreshScore ? RefreshBytes : 0;
            if (_budget.Bytes <= needed && _scores[i] < DueScore)
            {
                Note(index, Decision.Shed, default);
                room.Metrics.CountShed(held.Channel);
                continue;
            }

            SendCell(room, ref held, index);
        }
    }

    private void SendCell(Codec2Room room, ref ClientCell held, int index)
    {
        var cell = room.Cells.ById(held.Id)!;
        var first = FirstBase(in held, cell);
        var block = room.BlockOf(cell, first, first == 0 ? 0 : SecondBase(in held, cell, first));
        if (!block.Fits && block.Age != 0)
            block = room.BlockOf(cell, 0, 0);
        if (!block.Fits)
        {
            Note(index, Decision.TooLarge, default);
            return;
        }

        var head = new BlockHead { Cell = held.Id, Age = block.Age, Gap = block.Gap, Length = block.Length };
        if (!_writer.TryAdd(in head, room.BytesOf(in block), block.Check, _tick, _stream))
        {
            Note(index, Decision.Full, default);
            return;
        }

        held.SentAt = _tick;
        held.LastBytes = head.Size + block.Length;
        _budget.Take(held.LastBytes);
        room.Metrics.CountSent(held.Channel, held.LastBytes);
        Note(index, block.Age == 0 ? Decision.SentAbsolute : Decision.Sent, block);
    }

    private ulong FirstBase(in ClientCell held, Cell cell) =>
        held.HeldAt != 0 && _tick - held.HeldAt <= Codec2Limits.MaxAge && cell.StateAt(held.HeldAt) is not null ? held.HeldAt : 0;

    /// <summary>The acknowledged tick nearest to two before the base: that distance gives the best thrust (CODEC2_STUDY §2).</summary>
    private static ulong SecondBase(in ClientCell held, Cell cell, ulong first)
    {
        foreach (var gap in (ReadOnlySpan<byte>)[2, 1, 3, 4, 5, 6, 7])
        {
            if ((held.Held & (1UL << gap)) != 0 && first > gap && cell.StateAt(first - gap) is not null)
                return first - gap;
        }

        return 0;
    }

    private void BeginTrace(Codec2Room room)
    {
        _watched = -1;
        if (Trace is not { } trace)
            return;
        var cell = room.Replica.Entities.TryGetSlot(trace.Entity, out var slot) ? room.Cells.Of(slot) : null;
        _watched = cell is null ? -1 : _interest.IndexOf(cell.Id);
        if (_watched < 0)
        {
            var decision = cell is null ? Decision.Absent : Decision.OutOfInterest;
            trace.Add(new DecisionEntry(_tick, decision, cell?.Id ?? -1, 0, 0, 0, 0, -1, (int)_budget.Bytes));
        }
    }

    private void Note(int index, Decision decision, in EncodedBlock block)
    {
        if (index != _watched || Trace is null)
            return;
        ref var held = ref _interest.Cells[index];
        var heldAge = held.HeldAt == 0 ? -1 : (long)(_tick - held.HeldAt);
        Trace.Add(new DecisionEntry(
            _tick, decision, held.Id, held.Channel, block.Age, block.Gap, block.Length, heldAge, (int)_budget.Bytes));
    }
}
