// Commands of every kind.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Protocol.Tests.Commands;

internal static class CommandGen
{
    private static readonly CommandKind[] Kinds =
    [
        CommandKind.Input, CommandKind.Join, CommandKind.Leave, CommandKind.Spawn, CommandKind.StressTest,
        CommandKind.ClearWorld, CommandKind.GatewayGone, CommandKind.FirstCustom, (CommandKind)255,
    ];

    public static Gen<Command> Command { get; } =
        from kind in Gen.Int[0, Kinds.Length - 1]
        from a in Gen.ULong
        from b in Gen.ULong
        from small in Gen.UShort
        from x in Gen.Float
        from flag in Gen.Bool
        from bytes in Gen.Byte.Array[0, 64]
        select Create(Kinds[kind], a, b, small, x, flag, bytes);

    public static void AssertEqual(Command expected, Command actual)
    {
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        expected.Payload = actual.Payload = default;
        Assert.Equal(expected, actual);
    }

    private static Command Create(CommandKind kind, ulong a, ulong b, ushort small, float x, bool flag, byte[] bytes)
    {
        var command = new Command { Kind = kind, Player = new PlayerId(a, b), Connection = new ConnectionEpoch((uint)b) };
        switch (kind)
        {
            case CommandKind.Input:
                command.Input = new ShipInput { TargetTick = a, MoveX = x, MoveY = -x, Buttons = (InputButtons)bytes.Length, ViewDelay = (byte)b, MiningTarget = b };
                break;
            case CommandKind.Join:
                command.Spectator = flag;
                command.Privileged = !flag;
                command.EntityType = small;
                command.Name = new string('n', bytes.Length);
                break;
            case CommandKind.Leave:
                command.Reason = LeaveReason.Revoked;
                break;
            case CommandKind.Spawn:
                command.Privileged = flag;
                command.EntityType = small;
                command.X = x;
                command.Y = x;
                command.Rotation = x;
                break;
            case CommandKind.StressTest:
                command.Privileged = flag;
                command.Count = small;
                command.Rotate = flag;
                break;
            case CommandKind.ClearWorld:
                command.Privileged = flag;
                break;
            case CommandKind.GatewayGone:
                command.GoneGateway = new GatewayId(a);
                break;
            default:
                command.Payload = bytes;
                break;
        }

        return command;
    }
}
