// The link envelope: everything that either end reads of it.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Link;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class LinkTarget : FuzzTarget
{
    private readonly ShipInput[] _inputs = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private readonly List<RoomEvent> _events = [];

    public override string Name => "link";

    public override int Share => 150;

    public override IEnumerable<byte[]> Examples()
    {
        var writer = new ByteWriter();
        foreach (var kind in Enum.GetValues<ControlKind>())
        {
            writer.Clear();
            new ControlMessage { Kind = kind, Tick = 50, Text = "room", Reason = "because" }.Write(writer);
            yield return writer.Written.ToArray();
        }

        writer.Clear();
        var position = EventBatch.WriteHead(writer, 1, 50);
        new RoomEvent { Kind = RoomEventKind.Possession, Tick = 50, Amount = 40 }.Write(writer);
        EventBatch.PatchCount(writer, position, 1);
        yield return writer.Written.ToArray();
        yield return UdpBeforeTarget.Request();
        yield return [3, 1, 1, 0, 255, 255, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0];
    }

    public override void Try(Span<byte> bytes)
    {
        ControlMessage.TryRead(bytes, out _);
        ConnectRequest.TryRead(bytes, out _);
        InputPacket.TryRead(bytes, out _, _inputs);
        _events.Clear();
        EventBatch.TryRead(bytes, out _, out _, _events);
    }
}
