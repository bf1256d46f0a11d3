// Random command streams that shrink: the input of the property tests.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.World.Tests;

/// <summary>One random act; the same list of acts does the same to every room.</summary>
internal readonly record struct RandomPlay(int What, int A, int B, float X, float Y)
{
    internal static readonly Gen<RandomPlay> Gen =
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, 19], CsCheck.Gen.Int[0, 9], CsCheck.Gen.Int[0, 63], CsCheck.Gen.Float[-2, 2], CsCheck.Gen.Float[-2, 2])
            .Select(t => new RandomPlay(t.Item1, t.Item2, t.Item3, t.Item4, t.Item5));

    internal static readonly RoomSettings Settings = new() { GraceTicks = 4, Capacity = 3, MaxEntities = 90 };

    private const int LongWait = 16;
    private const int Barrage = 17;
    private const int Mine = 18;
    private const int Fire = 19;

    /// <summary>Ticks that end with this act.</summary>
    internal int Ticks => What switch
    {
        <= 5 => 1,
        LongWait => 1 + (A * 10),
        _ => 0,
    };

    /// <summary>An act that ends no tick.</summary>
    internal static RandomPlay Next(Random random)
    {
        var what = random.Next(6, 19);
        return new RandomPlay(what < LongWait ? what : what + 1, random.Next(10), random.Next(64), (random.NextSingle() * 4) - 2, (random.NextSingle() * 4) - 2);
    }

    /// <summary>Runs the acts; commands of a tick stand before the act that ends it.</summary>
    internal static void Play(RoomWorld world, IEnumerable<RandomPlay> plays, ChangeSet changes, Action? afterTick = null)
    {
        world.BeginTick();
        foreach (var play in plays)
        {
            if (play.Ticks == 0)
                play.Act(world);
            for (var i = 0; i < play.Ticks; i++)
            {
                world.Step();
                world.Extract(changes);
                afterTick?.Invoke();
                world.BeginTick();
            }
        }

        world.Step();
        world.Extract(changes);
        afterTick?.Invoke();
    }

    internal void Act(RoomWorld world)
    {
        switch (What)
        {
            case Barrage:
                ShootAt(world);
                break;
            case Mine:
                // Something to mine in reach of the ships, which begin at the origin.
                world.Apply(Rooms.Spawn(EntityTypes.Asteroid, X * 4, Y * 4));
                world.Apply(ToInput(world, InputButtons.ToggleMining, world.Entities.LastId.Value));
                break;
            case Fire:
                world.Apply(ToInput(world, B % 2 == 0 ? InputButtons.Fire : InputButtons.FirePrimary, 0));
                break;
            default:
                world.Apply(ToCommand(world));
                break;
        }
    }

    /// <summary>Up to twenty shots into one of those that can be hit: most of what there is dies of them.</summary>
    private void ShootAt(RoomWorld world)
    {
        var targets = new List<int>();
        var targetBits = StandardComponents.HullPool.Bit | StandardComponents.AsteroidHp.Bit;
        foreach (var slot in world.Entities.Slots)
        {
            if ((world.Entities.MaskOf(slot) & targetBits) != 0)
                targets.Add(slot);
        }

        if (targets.Count == 0)
            return;
        var place = world.Get(StandardComponents.Transform, targets[B % targets.Count]);
        for (var i = 0; i < 11 + A; i++)
            world.Apply(Rooms.Spawn(EntityTypes.Projectile, place.X, place.Y));
    }

    /// <summary>An input of one of the players over the connection that they have.</summary>
    private Command ToInput(RoomWorld world, InputButtons buttons, ulong asteroid)
    {
        if (world.Players.Count == 0)
            return Rooms.Input(Rooms.Ann, world.Tick);
        var record = world.Players[A % world.Players.Count];
        var command = Rooms.Toggle(record.Player, world.Tick + (ulong)(B % 3), asteroid);
        command.Connection = record.Connection;
        command.Input.Buttons = buttons;
        command.Input.ViewDelay = (byte)B;
        return command;
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
