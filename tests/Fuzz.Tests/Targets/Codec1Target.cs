// The original's messages.
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Identity;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class Codec1Target : FuzzTarget
{
    public override string Name => "codec1";

    public override int Share => 100;

    public override IEnumerable<byte[]> Examples()
    {
        foreach (var kind in Enum.GetValues<WireEventKind>())
            yield return Messages.Codec1(kind)[1..];
        yield return Messages.Auth("token")[1..];
        yield return Messages.Fragment(7, 0, 2, [1, 2, 3])[1..];
        yield return Messages.Update(new NetworkId(1), 128, Messages.MoveInput(5))[1..];
        yield return Messages.MoveInput(9);
    }

    public override void Try(Span<byte> bytes)
    {
        WireEvent.TryRead(bytes, out _);
        FramedUpdate.TryRead(bytes, out _);
        InputCommand.TryRead(bytes, out _);
    }
}
