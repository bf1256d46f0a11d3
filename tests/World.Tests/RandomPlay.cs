// Random command streams that shrink: the input of the property tests.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.World.Tests;

/// <summary>One random act; the same list of acts does the same to every room.</summary>
internal readonly record struct RandomPlay(int What, int A, int B, float X, float Y)
{
    internal static readonly Gen<RandomPlay> Gen =
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, 15], CsCheck.Gen.Int[0, 9], CsCheck.Gen.Int[0, 63], CsCheck.Gen.Float[-2, 2], CsCheck.Gen.Float[-2, 2])
            .Select(t => new RandomPlay(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5));

    internal static readonly RoomSettings Settings = new() { GraceTicks = 4, Capacity = 3, MaxEntities = 90 };

    internal bool EndsTick => What <= 5;

    /// <summary>Runs the acts; commands of a tick stand before the act that ends it.</summary>
    internal static void Play(RoomWorld world, IEnumerable<RandomPlay> plays, ChangeSet changes, Action? afterTick = null)
    {
        world.BeginTick();
        foreach (var play in plays)
        {
            if (!play.EndsTick)
            {
                world.Apply(play.ToCommand(world));
                continue;
            }

            world.Step();
            world.Extract(changes);
            afterTick?.Invoke();
            world.BeginTick();
        }

        world.Step();
        world.Extract(changes);
        afterTick?.Invoke();
    }

    private Command ToCommand(RoomWorld world)
    {
        var command = new Command
        {
            Player = new PlayerId(0, (ulong)(A % 5) + 1),
            Connection = new ConnectionEpoch((uint)(1 + (B % 3))),
            Gateway = new GatewayId((ulong)(A % 3)),
            Sequence = world.Gateways.LastOf(new GatewayId((ulong)(A % 3))) + (ulong)(B % 4),
            Privileged = true,
        };
        switch (What)
        {
            case 6 or 7:
                command.Kind = CommandKind.Join;
                command.Spectator = B % 7 == 0;
                command.EntityType = (ushort)(B % 6);
                command.Name = B % 2 == 0 ? "pilot " + A : null;
                break;
            case 8:
                command.Kind = CommandKind.Leave;
                command.Reason = (LeaveReason)(B % 7);
                break;
            case 9 when B < 20:
                command.Kind = CommandKind.StressTest;
                command.Player = PlayerId.None;
                command.Count = (ushort)(B * 2);
                command.Rotate = true;
                break;
            case 10 when B < 10:
                command.Kind = CommandKind.ClearWorld;
                break;
            case 10:
                command.Kind = CommandKind.GatewayGone;
                command.GoneGateway = new GatewayId((ulong)(A % 3));
                break;
            case 11:
                command.Kind = CommandKind.Spawn;
                command.EntityType = new ushort[] { 1, 2, 3, 4, 5, 6, 10, 20, 99 }[B % 9];
                command.X = X * 200;
                command.Y = Y * 200;
                command.Rotation = X * 1000;
                break;
            default:
                command.Kind = CommandKind.Input;
                command.Input = new ShipInput
                {
                    TargetTick = world.Tick + (ulong)(B % 40) > 6 ? world.Tick + (ulong)(B % 40) - 6 : 1,
                    MoveX = X,
                    MoveY = Y,
                    Buttons = (InputButtons)(B % 8),
                    MiningTarget = (ulong)A,
                };
                break;
        }

        return command;
    }
}
