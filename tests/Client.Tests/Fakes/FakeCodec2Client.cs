// What a codec-2 gateway in memory does for one client: bases from acknowledgements, the own record, one datagram per cell and tick.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Client.Tests.Fakes;

/// <summary>Every cell every tick, against the newest acknowledged state of it and one 1–7 ticks before.</summary>
public sealed class FakeCodec2Client
{
    private readonly Dictionary<ushort, (int Cell, ulong Tick, uint Own)> _sent = [];
    private readonly Dictionary<int, SortedSet<ulong>> _acked = [];
    private readonly BlockEncoder _encoder = new();
    private readonly ByteWriter _datagram = new();
    private readonly ByteWriter _block = new();
    private Transform _place;
    private Velocity _velocity;
    private ushort _seq;
    private uint _ownVersion;
    private uint _ownAcked;

    /// <summary>Raised: all bases are void.</summary>
    public byte Stream { get; private set; }

    /// <summary>Cells that are not sent any more; the client is told until it acknowledges.</summary>
    public HashSet<ushort> Hidden { get; } = [];

    /// <summary>The own ship's record is left out.</summary>
    public bool HidesOwn { get; set; }

    public int Absolute { get; private set; }

    public int Deltas { get; private set; }

    public void Restart()
    {
        Stream++;
        _acked.Clear();
        _sent.Clear();
        _ownAcked = 0;
    }

    public void Acknowledge(in InputPacket packet)
    {
        if (!packet.HasStateAck)
            return;
        for (var n = -1; n < 64; n++)
        {
            var seq = (ushort)(packet.StateAck - n - 1);
            if ((n >= 0 && (packet.StateAckHistory >> n & 1) == 0) || !_sent.TryGetValue(seq, out var sent))
                continue;
            if (!_acked.TryGetValue(sent.Cell, out var ticks))
                _acked[sent.Cell] = ticks = [];
            ticks.Add(sent.Tick);
            _ownAcked = Math.Max(_ownAcked, sent.Own);
        }
    }

    public void Send(FakeCodec2Room room, RoomWorld world, int ship, in StateDatagram status, Action<byte[]> send)
    {
        if (Hidden.Count > 0)
            SendLeaves(world.Tick, send);
        for (var cell = 0; cell < room.Cells; cell++)
        {
            if (Hidden.Contains((ushort)cell))
            {
                _acked.Remove(cell);
                foreach (var seq in _sent.Where(sent => sent.Value.Cell == cell).Select(sent => sent.Key).ToArray())
                    _sent.Remove(seq);
                continue;
            }

            var head = cell == 0 && !HidesOwn ? status : default;
            head.Tick = world.Tick;
            head.Stream = Stream;
            head.Seq = ++_seq;
            head.HasMore = cell + 1 < room.Cells;
            if (cell == 0 && !HidesOwn)
                FillOwn(ref head, world, ship);
            var bases = _acked.GetValueOrDefault(cell) ?? [];
            bases.RemoveWhere(tick => tick + 63 < head.Tick);
            var b = bases.Count == 0 ? null : room.At(cell, bases.Max);
            var b2 = b is null ? null : bases.Reverse().Skip(1).Where(tick => tick + 7 >= b.Tick).Select(tick => room.At(cell, tick)).FirstOrDefault();
            _block.Clear();
            head.Check = _encoder.Encode(room.Schema, room.At(cell, head.Tick)!, b, b2, room, _block);
            _datagram.Clear();
            StateDatagram.Write(_datagram, head, []);
            new BlockHead { Cell = (ushort)cell, Age = b is null ? 0 : (int)(head.Tick - b.Tick), Gap = b2 is null ? 0 : (int)(b!.Tick - b2.Tick), Length = _block.Length }.Write(_datagram);
            _datagram.WriteBytes(_block.Written);
            Assert.InRange(_datagram.Length, 1, 1200);
            _sent[head.Seq] = (cell, head.Tick, cell == 0 ? _ownVersion : 0);
            Absolute += b is null ? 1 : 0;
            Deltas += b is null ? 0 : 1;
            send(_datagram.Written.ToArray());
        }

        foreach (var old in _sent.Keys.Where(seq => (ushort)(_seq - seq) > 256).ToArray())
            _sent.Remove(old);
    }

    private void SendLeaves(ulong tick, Action<byte[]> send)
    {
        _datagram.Clear();
        StateDatagram.Write(_datagram, new StateDatagram { Tick = tick, Stream = Stream, Seq = ++_seq }, [.. Hidden]);
        send(_datagram.Written.ToArray());
    }

    private void FillOwn(ref StateDatagram head, RoomWorld world, int ship)
    {
        if (ship < 0)
            return;
        var place = world.Entities.Column(StandardComponents.Transform)[ship];
        var velocity = world.Entities.Column(StandardComponents.Velocity)[ship];
        if (_ownVersion == 0 || !place.BitsEqual(_place) || !velocity.BitsEqual(_velocity))
            _ownVersion++;
        (_place, _velocity) = (place, velocity);
        if (_ownAcked == _ownVersion)
            return;
        head.HasOwnState = true;
        (head.X, head.Y, head.VX, head.VY, head.Rotation) = (place.X, place.Y, velocity.X, velocity.Y, place.Rotation);
    }
}
