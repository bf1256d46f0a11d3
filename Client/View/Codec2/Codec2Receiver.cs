// Reads state datagrams into a view: decode all blocks, check, then apply.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Client.View.Codec2;

/// <summary>
/// One per client and room. A datagram that needs a base which is not held, or whose check differs, has no effect and is not
/// acknowledged (DESIGN §3). Whatever arrives: no exception, bounded memory.
/// </summary>
internal sealed class Codec2Receiver
{
    // A block takes three bytes at least.
    private const int MaxBlocks = StateDatagram.MaxSize / 3;

    private readonly ClientView _view;
    private readonly bool _headsOnly;
    private readonly Codec2Schema _schema;
    private readonly BlockDecoder _decoder = new();
    private readonly DecodedSlow _slow = new();
    private readonly CellStore _cells = new();
    private readonly BlockApplier _applier;
    private readonly ushort[] _leaves = new ushort[Codec2Limits.MaxLeaves];
    private readonly StagedBlock[] _staged = new StagedBlock[MaxBlocks];
    private StateAcks _acks;
    private OwnRecord _own;
    private int _count;
    private byte _stream;

    /// <summary>A receiver that fills a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="schema">The room.</param>
    /// <param name="headsOnly">Whether blocks are passed over, and the view stays empty.</param>
    public Codec2Receiver(ClientView view, Codec2Schema schema, bool headsOnly = false)
    {
        _headsOnly = headsOnly;
        _view = view;
        _schema = schema;
        _applier = new BlockApplier(view, schema, _cells);
        view.UseConfirmations();
    }

    /// <summary>Datagrams without effect: malformed, without their base, of an old stream, or with another check.</summary>
    public long Discarded { get; private set; }

    /// <summary>What has arrived.</summary>
    public ref readonly StateAcks Acks => ref _acks;

    /// <summary>Datagrams taken in since the last acknowledgement went out.</summary>
    public int Unacknowledged { get; private set; }

    /// <summary>Newest tick taken in.</summary>
    public ulong NewestTick { get; private set; }

    /// <summary>An acknowledgement goes out.</summary>
    public void MarkAcknowledged() => Unacknowledged = 0;

    /// <summary>Takes one message, kind byte first.</summary>
    /// <param name="message">The datagram.</param>
    /// <param name="newestTick">Newest server tick known.</param>
    /// <param name="expectedCount">Inputs known to be applied.</param>
    /// <param name="head">What it says about the own inputs.</param>
    /// <returns>Whether it had an effect.</returns>
    public bool TryReceive(ReadOnlySpan<byte> message, ulong newestTick, uint expectedCount, out StateDatagram head)
    {
        var reader = new ByteReader(message);
        if (!StateDatagram.TryRead(ref reader, newestTick, expectedCount, out head, _leaves) || !(_headsOnly ? TryPass(ref reader) : TryDecode(ref reader, head)))
        {
            Discarded++;
            return false;
        }

        if (head.Stream != _stream || !_acks.HasAny)
            Restart();
        _stream = head.Stream;
        _acks.Note(head.Seq);
        Unacknowledged++;
        NewestTick = Math.Max(NewestTick, head.Tick);
        _own.Take(head);
        for (var i = 0; i < head.LeaveCount; i++)
            _applier.Leave(_leaves[i], head.Tick);
        for (var i = 0; i < _count; i++)
            _applier.Apply(_staged[i], _slow, _own);
        _own.Apply(_view, _applier.Places, _applier.Velocities);
        _applier.Sweep(NewestTick);
        _cells.Sweep(NewestTick);
        return true;
    }

    /// <summary>A ship was given at a tick: the own state of that tick or a later one is its own.</summary>
    public void OnPossession(ulong tick)
    {
        _own.ForgetBefore(tick);
        _own.Apply(_view, _applier.Places, _applier.Velocities);
    }

    private static bool TryPass(ref ByteReader reader)
    {
        while (reader.Remaining > 0)
        {
            if (!BlockHead.TryRead(ref reader, out var block) || !reader.TryReadBytes(block.Length, out _))
                return false;
        }

        return true;
    }

    private bool TryDecode(ref ByteReader reader, in StateDatagram head)
    {
        _count = 0;
        _slow.Clear();
        var isNewStream = head.Stream != _stream && _acks.HasAny;
        if (isNewStream && unchecked((sbyte)(head.Stream - _stream)) < 0)
            return false;
        var check = 0;
        while (reader.Remaining > 0)
        {
            if (!TryDecodeBlock(ref reader, head.Tick, isNewStream, ref check))
                return GiveBack();
        }

        return unchecked((ushort)check) == head.Check || GiveBack();
    }

    private bool TryDecodeBlock(ref ByteReader reader, ulong tick, bool isNewStream, ref int sum)
    {
        if (!BlockHead.TryRead(ref reader, out var block) || !reader.TryReadBytes(block.Length, out var bytes) || _count == MaxBlocks)
            return false;
        CellSnapshot? b = null, b2 = null;
        if (block.Age != 0)
        {
            if (isNewStream || tick <= (ulong)(block.Age + block.Gap) || _cells.Find(block.Cell) is not { } ring)
                return false;
            b = ring.At(tick - (ulong)block.Age);
            b2 = block.Gap == 0 ? null : ring.At(tick - (ulong)(block.Age + block.Gap));
            if (b is null || (b2 is null && block.Gap != 0))
                return false;
        }

        if (_cells.Rent() is not { } state)
            return false;
        var first = _slow.Count;
        if (!_decoder.TryDecode(_schema, bytes, b, b2, tick, state, _slow, out var check))
        {
            _cells.Return(state);
            return false;
        }

        sum += check;
        _staged[_count++] = new StagedBlock(block.Cell, state, first, _slow.Count - first);
        return true;
    }

    private bool GiveBack()
    {
        for (var i = 0; i < _count; i++)
            _cells.Return(_staged[i].State);
        _count = 0;
        return false;
    }

    /// <summary>All bases are void, and what was known with them.</summary>
    private void Restart()
    {
        _cells.Clear();
        _applier.Clear();
        _view.ClearEntities();
        _own = default;
    }
}
