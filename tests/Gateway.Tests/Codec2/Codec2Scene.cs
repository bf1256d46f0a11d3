// A room with pilots at random controls and codec-2 clients behind bad networks.
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

internal sealed class Codec2Scene
{
    private readonly Random _random;
    private readonly MotionQuantizer _quantizer;
    private readonly Dictionary<ulong, (float X, float Y, int Until)> _controls = [];
    private readonly List<Command> _commands = [];
    private readonly List<RoomEvent> _events = [];

    public Codec2Scene(int seed, Codec2Rules? rules = null)
    {
        _random = new Random(seed);
        Rules = rules ?? Codec2Rules.Standard();
        Broadcast = new RoomBroadcast(WorldDefinition.Standard, rules: Rules);
        Schema = Codec2Schemas.Build(WorldDefinition.Standard, 60);
        _quantizer = new MotionQuantizer(Schema);
        Assert.True(RoomFrame.TryRead(Room.Image(), out var image));
        Assert.True(Broadcast.TryApply(image.Header, image.Changes));
    }

    public TestRoom Room { get; } = new();

    public RoomBroadcast Broadcast { get; }

    public Codec2Rules Rules { get; }

    public Codec2Schema Schema { get; }

    public List<Codec2Client> Clients { get; } = [];

    public int Now { get; private set; }

    /// <summary>Share of the pilots that steer and fire.</summary>
    public double Moving { get; set; } = 1;

    public double Firing { get; set; }

    public Action<byte[]>? FrameTaken { get; set; }

    public void Join(int pilots, int first = 1)
    {
        for (var i = 0; i < pilots; i++)
        {
            var player = new PlayerId(0, (ulong)(first + i));
            _commands.Add(new Command { Kind = CommandKind.Join, Player = player, Connection = new ConnectionEpoch(1), Name = "pilot " + (first + i) });
            _controls[player.Low] = default;
        }
    }

    public void Leave(int pilot)
    {
        _commands.Add(new Command
        {
            Kind = CommandKind.Leave,
            Player = new PlayerId(0, (ulong)pilot),
            Connection = new ConnectionEpoch(1),
            Reason = LeaveReason.Quit,
        });
        _controls.Remove((ulong)pilot);
    }

    public void Spawn(ushort type, float x, float y) =>
        _commands.Add(new Command { Kind = CommandKind.Spawn, Privileged = true, EntityType = type, X = x, Y = y });

    public void Do(in Command command) => _commands.Add(command);

    public Codec2Client Watch(int pilot, Codec2Settings? settings = null, int ackPeriod = 1)
    {
        var client = new Codec2Client(new PlayerId(0, (ulong)pilot), Schema, settings ?? Rules.Settings, 100 + pilot, ackPeriod);
        Clients.Add(client);
        return client;
    }

    public void Run(int ticks, Action? each = null)
    {
        for (var i = 0; i < ticks; i++)
        {
            Tick();
            each?.Invoke();
        }
    }

    public void Tick()
    {
        Steer();
        var bytes = Room.Tick([.. _commands]);
        FrameTaken?.Invoke(bytes);
        Assert.True(RoomFrame.TryRead(bytes, out var frame));
        _commands.Clear();
        Deliver(in frame);
    }

    public void Deliver(in RoomFrame frame)
    {
        _events.Clear();
        Assert.True(frame.TryReadEvents(_events));
        Assert.True(Broadcast.TryApply(frame.Header, frame.Changes));
        Broadcast.Encode(_events, Audience.Codec2, 60);
        Now++;
        foreach (var client in Clients)
            client.Tick(Broadcast, Now);
    }

    /// <summary>What a client has that differs from the room, in words; empty when nothing does.</summary>
    public List<string> Differences(Codec2View view)
    {
        var differences = new List<string>();
        var entities = Room.World.Entities;
        var writer = new ByteWriter();
        foreach (var slot in entities.Slots)
        {
            if (!view.Entities.TryGetValue((slot, entities.GenerationOf(slot)), out var seen))
            {
                differences.Add($"{entities.IdOf(slot)} missing");
                continue;
            }

            if (seen.Id != entities.IdOf(slot).Value || seen.Mask != (entities.MaskOf(slot) & Schema.ComponentMask))
                differences.Add($"{entities.IdOf(slot)} id or mask");
            if (!SameMotion(slot, seen.Motion))
                differences.Add($"{entities.IdOf(slot)} motion of tick {seen.Tick}");
            seen.Advance(Schema, Room.World.Tick);
            seen.Tick = Room.World.Tick;
            foreach (var (bit, value) in seen.Values)
            {
                writer.Clear();
                entities.ColumnAt(bit).Write(slot, writer);
                if (!writer.Written.SequenceEqual(value))
                    differences.Add($"{entities.IdOf(slot)} {Broadcast.Replica.Definition.Components[bit].Name}");
            }
        }

        foreach (var (key, entity) in view.Entities)
        {
            if (!entities.IsAlive(key.Slot) || entities.GenerationOf(key.Slot) != key.Generation)
                differences.Add($"{entity.Id} extra, cell {entity.Cell}");
        }

        return differences;
    }

    public bool SameMotion(int slot, QuantizedMotion seen)
    {
        var motion = MotionOf(slot);
        return seen.X == motion.X && seen.Y == motion.Y && seen.VX == motion.VX && seen.VY == motion.VY && seen.R == motion.R;
    }

    public QuantizedMotion MotionOf(int slot)
    {
        var entities = Room.World.Entities;
        if (!entities.Column(StandardComponents.Transform).Has(slot))
            return default;
        var place = entities.Column(StandardComponents.Transform)[slot];
        var velocity = entities.Column(StandardComponents.Velocity)[slot];
        return _quantizer.Quantize(place.X, place.Y, velocity.X, velocity.Y, place.Rotation);
    }

    private void Steer()
    {
        var index = 0;
        foreach (var player in _controls.Keys.ToList())
        {
            if (index++ >= Moving * _controls.Count)
                break;
            var control = _controls[player];
            if (control.Until <= Now)
            {
                var angle = _random.NextDouble() * Math.Tau;
                var length = _random.Next(3) switch { 0 => 0, 1 => _random.NextDouble(), _ => 1 };
                control = ((float)(Math.Cos(angle) * length), (float)(Math.Sin(angle) * length), Now + _random.Next(5, 41));
                _controls[player] = control;
            }

            _commands.Add(new Command
            {
                Kind = CommandKind.Input,
                Player = new PlayerId(0, player),
                Connection = new ConnectionEpoch(1),
                Input = new ShipInput
                {
                    TargetTick = Room.World.Tick + 1,
                    MoveX = control.X,
                    MoveY = control.Y,
                    Buttons = _random.NextDouble() < Firing ? InputButtons.FirePrimary : InputButtons.None,
                },
            });
        }
    }
}
