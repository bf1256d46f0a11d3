// One replica that never begins anew, between a room whose players and things come and go, and frames that are none of its room's.
using System.Buffers.Binary;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Fuzz.Tests.Targets;

/// <summary>What a gateway would have after days: a growth that a short life hides shows in the memory at the end.</summary>
internal sealed class ReplicaTarget : FuzzTarget
{
    // One true tick of the room after so many hostile frames.
    private const int CasesPerTick = 4;

    // The room keeps its events for as long as it lives, which is the fake's own growth.
    private const int TicksPerRoom = 2000;

    private readonly RoomReplica _replica = new(WorldDefinition.Standard);
    private TestRoom _room = new();
    private long _cases;
    private long _ticks;
    private ulong _players;

    /// <summary>Hostile frames that were taken for the room's.</summary>
    public long Taken { get; private set; }

    /// <summary>True frames that were taken.</summary>
    public long Followed { get; private set; }

    public override string Name => "replica";

    public override int Share => 100;

    // A spawn may name any slot of 65,000: so many frames until every column has met the last ones.
    public override int LeastWarmUp => 100_000;

    public override IEnumerable<byte[]> Examples() => new FrameTarget().Examples();

    public override void Try(Span<byte> bytes)
    {
        if (bytes.Length >= 8)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[^4..], Crc32C.Compute(bytes[..^4]));
        if (RoomFrame.TryRead(bytes, out var hostile) && _replica.TryApply(hostile))
            Taken++;
        if (!_replica.IsUsable)
            Apply(_room.Image());
        if (_cases++ % CasesPerTick == 0)
            Follow();
    }

    public override void Check()
    {
        Assert.True(Taken > 0 && Followed > _ticks / 8, $"{Taken} hostile and {Followed} of {_ticks} true frames were taken");
        Apply(_room.Image());
        var image = new ByteWriter();
        _replica.WriteImage(image);
        Assert.Equal(_room.StateBytes(), image.Written.ToArray());
    }

    private void Follow()
    {
        if (++_ticks % TicksPerRoom == 0)
            _room = new TestRoom();
        var player = new PlayerId(1, ++_players);
        var frame = (_ticks % 4) switch
        {
            0 => _room.Tick(TestRoom.Clear()),
            1 => _room.Tick(new Command { Kind = CommandKind.Join, Player = player, Connection = new ConnectionEpoch(1), Name = "Ada" }),
            2 => _room.Tick(TestRoom.Stress(2)),
            _ => _room.Tick(new Command { Kind = CommandKind.Leave, Player = new PlayerId(1, _players - 2), Connection = new ConnectionEpoch(1), Reason = LeaveReason.Quit }),
        };
        if (RoomFrame.TryRead(frame, out var read) && _replica.TryApply(read))
            Followed++;
        else
            Apply(_room.Image());
    }

    private void Apply(byte[] image)
    {
        Assert.True(RoomFrame.TryRead(image, out var frame) && _replica.TryApply(frame), "the room's own image is refused");
    }
}
