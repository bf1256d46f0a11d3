// The tick stage by stage and as a whole, without a cluster.
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Pipeline;

public sealed class TickPipelineTests
{
    [Fact]
    public void Poll_takes_what_arrived_and_leaves_the_rest_to_the_next_tick()
    {
        var context = Make.Pipeline().Context;
        context.Mailbox.Post(Make.Join(1));
        new PollStage().Run(context);
        Assert.Single(context.Commands);
        context.Mailbox.Post(Make.Join(2));
        Assert.Single(context.Commands);
        new PollStage().Run(context);
        Assert.Equal(Make.Player(2), Assert.Single(context.Commands).Player);
    }

    [Fact]
    public void Apply_logs_exactly_what_World_took_in_order()
    {
        var pipeline = Make.Pipeline();
        var context = pipeline.Context;
        context.World.BeginTick();
        context.Commands.Add(Make.Join(2) with { Gateway = new GatewayId(5), Sequence = 1 });
        context.Commands.Add(Make.Join(1) with { Gateway = new GatewayId(5), Sequence = 2 });
        context.Commands.Add(Make.Join(3) with { Gateway = new GatewayId(5), Sequence = 2 });
        new ApplyStage().Run(context);
        var log = ReadLog(context);
        Assert.Equal([Make.Player(2), Make.Player(1)], log.Select(command => command.Player));
        Assert.Equal([1UL, 2UL], log.Select(command => command.Sequence));
        Assert.Equal(2, context.World.Players.Count);
    }

    [Fact]
    public void Simulate_moves_ships_and_Extract_empties_the_changes()
    {
        var context = Make.Pipeline().Context;
        context.World.BeginTick();
        context.World.Apply(Make.Join(1));
        context.World.Apply(Make.Input(1, 1, 1, 0));
        AssertShip(0, 0);
        new SimulateStage().Run(context);

        // One step of the reference (WORLD_RULES §7.1): no step leaves the ship at rest, a second one takes it further.
        AssertShip(0x3CDC4000, 0x3FCE739E);
        new ExtractStage().Run(context);
        Assert.Contains(context.Changes.Entities, change => change.Kind == EntityChangeKind.Spawned);
        Assert.Contains(context.Changes.Events, roomEvent => roomEvent.Kind == RoomEventKind.Joined);
        context.World.BeginTick();
        new ExtractStage().Run(context);
        Assert.Empty(context.Changes.Entities);
        Assert.Empty(context.Changes.Events);

        void AssertShip(uint x, uint velocityX)
        {
            var entities = context.World.Entities;
            Assert.True(context.World.Players.TryGet(Make.Player(1), out var pilot));
            Assert.True(entities.TryGetSlot(pilot.Ship, out var slot));
            Assert.Equal(
                (x, velocityX),
                (BitConverter.SingleToUInt32Bits(entities.Column(StandardComponents.Transform)[slot].X),
                    BitConverter.SingleToUInt32Bits(entities.Column(StandardComponents.Velocity)[slot].X)));
        }
    }

    [Fact]
    public void A_command_whose_rule_throws_is_logged_and_costs_nobody_else_anything()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddCommand(ThrowingRule.Kind, new ThrowingRule());
        var definition = builder.Build();
        var pipeline = Make.Pipeline(new RoomWorld(definition, new RoomSettings()));
        pipeline.Context.DurableTick = 0;
        pipeline.Context.Mailbox.Post(new Command { Kind = ThrowingRule.Kind });
        pipeline.Context.Mailbox.Post(Make.Join(1));

        pipeline.Tick();

        Assert.True(pipeline.Context.World.Players.TryGet(Make.Player(1), out _));
        Assert.Equal(1, pipeline.Context.World.CommandFaults);
        // The log leads there again.
        var again = Resimulation.Run(
            new RoomWorld(definition, new RoomSettings()), () => new RoomWorld(definition, new RoomSettings()), 0, pipeline.Context.Log.Read());
        Assert.Equal(1, again.Ticks);
        Assert.Equal(pipeline.Context.World.StateHash(), again.World.StateHash());
    }

    [Fact]
    public void The_tick_number_advances_before_anything_that_can_fail()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddSystem(new ThrowingSystem());
        var pipeline = Make.Pipeline(new RoomWorld(builder.Build(), new RoomSettings()));
        pipeline.Context.Mailbox.Post(Make.Join(ThrowingSystem.Victim));
        Assert.Throws<InvalidOperationException>(pipeline.Tick);
        Assert.Equal(1UL, pipeline.Context.World.Tick);

        // Poll comes first of the stages: without a place for the commands it fails.
        var commands = pipeline.Context.Commands;
        pipeline.Context.Commands = null!;
        Assert.Throws<NullReferenceException>(pipeline.Tick);
        Assert.Equal(2UL, pipeline.Context.World.Tick);

        pipeline.Context.Commands = commands;
        pipeline.Context.Commands.Clear();
        var leave = Make.Join(ThrowingSystem.Victim) with { Kind = CommandKind.Leave, Reason = LeaveReason.Quit };
        pipeline.Context.World.Apply(leave);
        var sink = new FakeGateway(1) { Deaf = true };
        pipeline.Context.Sinks.Add(sink);
        pipeline.Tick();
        Assert.Equal(3UL, pipeline.Context.Newest.Tick);
    }

    [Fact]
    public void Send_numbers_frames_without_gaps_and_hands_the_same_bytes_to_every_sink()
    {
        var pipeline = Make.Pipeline();
        var first = new FakeGateway(1);
        var second = new FakeGateway(2);
        TakeImage(pipeline, first, second);
        pipeline.Context.Sinks.AddRange([first, second]);
        for (var i = 0; i < 10; i++)
            pipeline.Tick();
        Assert.Equal(Enumerable.Range(0, 11).Select(seq => (ulong)seq), first.Headers.Select(header => header.Seq));
        Assert.Equal(first.Frames, second.Frames);
        Assert.All(first.Headers, header => Assert.Equal((3u, header.Seq, header.Tick), (header.Epoch, header.Tick, header.DurableTick)));
    }

    [Fact]
    public void Two_gateways_hold_the_room_bit_for_bit_and_their_commands_act_once()
    {
        var pipeline = Make.Pipeline();
        var gateways = new[] { new FakeGateway(1), new FakeGateway(2) };
        TakeImage(pipeline, gateways);
        foreach (var gateway in gateways)
        {
            pipeline.Context.Sinks.Add(gateway);
            pipeline.Context.Mailbox.Open(gateway.Id, 0);
        }

        for (var player = 1; player <= 6; player++)
            gateways[player % 2].Queue(Make.Join(player));
        var random = new Random(5);
        for (var step = 1; step <= 400; step++)
        {
            var tick = pipeline.Context.World.Tick;
            for (var player = 1; player <= 6; player++)
                gateways[player % 2].Queue(Make.Input(player, tick + 3, MathF.Sin(step * 0.05f + player), MathF.Cos(step * 0.03f * player)));
            if (step == 200)
                gateways[0].Queue(Make.Join(2) with { Kind = CommandKind.Leave, Reason = LeaveReason.Quit });
            foreach (var gateway in gateways)
            {
                // Unreliable: sometimes nothing arrives, sometimes the same twice.
                for (var copies = random.Next(3); copies > 0; copies--)
                    pipeline.Context.Mailbox.Submit(gateway.Batch(), out _);
            }

            pipeline.Tick();
            foreach (var gateway in gateways)
                Assert.Equal(Make.Image(pipeline.Context.World), Make.Image(gateway.Replica));
        }

        foreach (var gateway in gateways)
        {
            Assert.Equal(gateways[0].Log.Count, gateway.Log.Count);
            var own = gateway.Log.Where(command => command.Gateway == gateway.Id).Select(command => command.Sequence).ToArray();
            Assert.Equal(Enumerable.Range(1, own.Length).Select(sequence => (ulong)sequence), own);
            Assert.True(own.Length > 1000);
        }

        Assert.False(gateways[0].Replica.TryGetShip(Make.Player(2), out _));
        Assert.True(gateways[0].Replica.TryGetShip(Make.Player(3), out _));
    }

    [Fact]
    public void The_log_of_the_frames_replays_to_the_same_state()
    {
        var pipeline = Make.Pipeline();
        var gateway = new FakeGateway(1);
        TakeImage(pipeline, gateway);
        pipeline.Context.Sinks.Add(gateway);
        pipeline.Context.Mailbox.Open(gateway.Id, 0);
        gateway.Queue(Make.Join(1));
        gateway.Queue(Make.Join(2));
        for (var step = 0; step < 100; step++)
        {
            gateway.Queue(Make.Input(1 + (step % 2), pipeline.Context.World.Tick + 2, 0.5f, -1));
            pipeline.Context.Mailbox.Submit(gateway.Batch(), out _);
            pipeline.Tick();
        }

        var replayed = Make.World();
        var changes = new ChangeSet();
        for (var i = 1; i < gateway.Frames.Count; i++)
        {
            Assert.True(RoomFrame.TryRead(gateway.Frames[i], out var frame));
            var commands = new List<Command>();
            Assert.True(frame.TryReadCommands(commands));
            replayed.BeginTick();
            foreach (var command in commands)
                Assert.True(replayed.Apply(command));
            replayed.Step();
            replayed.Extract(changes);
        }

        Assert.Equal(pipeline.Context.World.StateHash(), replayed.StateHash());
    }

    [Fact]
    public void The_state_of_a_kept_tick_is_what_World_was_then()
    {
        var pipeline = Make.Pipeline(historyTicks: 10);
        pipeline.Context.Mailbox.Post(Make.Join(1));
        var images = new Dictionary<ulong, (ulong Hash, byte[] Image)>();
        for (var i = 0; i < 30; i++)
        {
            pipeline.Context.Mailbox.Post(Make.Input(1, pipeline.Context.World.Tick + 1, 1, 0));
            pipeline.Tick();
            images[pipeline.Context.World.Tick] = (pipeline.Context.World.StateHash(), Make.Image(pipeline.Context.World));
        }

        for (var tick = 21UL; tick <= 30; tick++)
        {
            Assert.True(pipeline.TryGetState(tick, out var at, out var hash, out var image));
            Assert.Equal(tick, at);
            Assert.Equal(images[tick].Hash, hash);
            Assert.Equal(images[tick].Image, image);
        }

        Assert.False(pipeline.TryGetState(20, out _, out _, out _));
        Assert.False(pipeline.TryGetState(31, out _, out _, out _));
        Assert.True(pipeline.TryGetState(null, out var newest, out _, out _));
        Assert.Equal(30UL, newest);
    }

    [Fact]
    public void A_steady_tick_allocates_nothing()
    {
        var pipeline = Make.Pipeline();
        var batches = new byte[2000][];
        var gateway = new FakeGateway(9);
        pipeline.Context.Mailbox.Open(gateway.Id, 0);
        for (var player = 1; player <= 50; player++)
            gateway.Queue(Make.Join(player));
        pipeline.Context.Mailbox.Submit(gateway.Batch(), out _);
        for (var step = 0; step < batches.Length; step++)
        {
            var commands = new List<Command>();
            for (var player = 1; player <= 50; player++)
            {
                gateway.Queue(Make.Input(player, (ulong)step + 3, MathF.Sin(step * 0.1f), MathF.Cos(player)));
                commands.Add(gateway.Unacknowledged[^1]);
            }

            batches[step] = gateway.Batch(commands);
        }

        for (var step = 0; step < 1000; step++)
            Step(step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 1000; step < 2000; step++)
            Step(step);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step(int step)
        {
            pipeline.Context.Mailbox.Submit(batches[step], out _);
            pipeline.Tick();
        }
    }

    private static List<Command> ReadLog(TickContext context)
    {
        new ExtractStage().Run(context);
        new SendStage().Run(context);
        Assert.True(context.Frames.TryGet(context.Newest.Seq, out var bytes));
        Assert.True(RoomFrame.TryRead(bytes, out var frame));
        var log = new List<Command>();
        Assert.True(frame.TryReadCommands(log));
        return log;
    }

    private static void TakeImage(TickPipeline pipeline, params FakeGateway[] gateways)
    {
        foreach (var gateway in gateways)
            gateway.Take(pipeline.TakeImage());
    }
}
