// A game's rule that is broken, to see what becomes of its room.
using Aetheris.Protocol.Commands;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Harness;

public sealed class ThrowingRule : ICommandRule
{
    public const CommandKind Kind = (CommandKind)200;

    public string Name => "Throwing";

    public uint Version => 1;

    public void Apply(RoomWorld world, in Command command) => throw new InvalidOperationException("broken rule");
}
