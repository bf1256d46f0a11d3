// A room full of pilots, and what a gateway would keep of it.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Codec2.Bits;

/// <summary>Simulates the room and keeps the last 64 ticks of its cells.</summary>
internal sealed class Flight : ISlowState
{
    internal const int Ring = 64;
    private static readonly ushort[] Types = [EntityTypes.Interceptor, EntityTypes.Dreadnought, EntityTypes.Hauler];

    private readonly RoomWorld _world = new(WorldDefinition.Standard, new RoomSettings());
    private readonly ChangeSet _changes = new();
    private readonly Pilot[] _pilots;
    private readonly FlightStyle _style;
    private readonly MotionTrack[] _tracks = new MotionTrack[4096];
    private readonly ulong[,] _changed = new ulong[4096, 64];
    private readonly ulong[] _newest = new ulong[4096];
    private readonly ulong[] _ids = new ulong[4096];
    private readonly List<CellSnapshot[]> _ring = [];
    private readonly MotionQuantizer _quantizer;
    private readonly ulong _slowMask;

    internal Flight(FlightStyle style, int ships, int seed)
    {
        _style = style;
        Schema = Codec2Schemas.Build(WorldDefinition.Standard, 60);
        _quantizer = new MotionQuantizer(Schema);
        _slowMask = Schema.SlowMask;
        _pilots = [.. Enumerable.Range(0, ships).Select(i => new Pilot(style == FlightStyle.Fight ? FlightStyle.Walk : style, i, seed))];
        var random = new Random(seed);
        for (var i = 0; i < ships; i++)
        {
            var reach = style == FlightStyle.Fight ? 40 : 240;
            JoinRule.Join(
                _world,
                new Command
                {
                    Kind = CommandKind.Join,
                    Player = new PlayerId(0, (ulong)i + 1),
                    Connection = new ConnectionEpoch(1),
                    EntityType = Types[i % Types.Length],
                    Name = "pilot-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                },
                (float)((random.NextDouble() * 2) - 1) * reach,
                (float)((random.NextDouble() * 2) - 1) * reach,
                0);
        }

        for (var tick = 0; tick < Ring; tick++)
            _ring.Add([new CellSnapshot(), new CellSnapshot()]);
        for (var tick = 0; tick < 200; tick++)
            Tick();
    }

    internal Codec2Schema Schema { get; }

    internal ulong Now => _world.Tick;

    internal int Cells => 2;

    public ulong ChangedSince(int slot, ulong tick)
    {
        if (_newest[slot] <= tick)
            return 0;
        var mask = 0UL;
        for (var bit = 0; bit < 63; bit++)
        {
            if (_changed[slot, bit] > tick)
                mask |= 1UL << bit;
        }

        return mask;
    }

    public ulong MaskOf(int slot) => _world.Entities.MaskOf(slot);

    public void Write(int slot, int bit, ByteWriter writer) => _world.Entities.ColumnAt(bit).Write(slot, writer);

    public ulong IdOf(int slot) => _world.Entities.IdOf(slot).Value;

    public bool IsAlive(int slot, byte generation) => _world.Entities.IsAlive(slot) && _world.Entities.GenerationOf(slot) == generation;

    internal CellSnapshot Cell(int cell, int back) => _ring[(int)((Now - (ulong)back) % Ring)][cell];

    internal void Tick()
    {
        _world.BeginTick();
        for (var i = 0; i < _pilots.Length; i++)
        {
            _pilots[i].Next();
            _world.Apply(new Command
            {
                Kind = CommandKind.Input,
                Player = new PlayerId(0, (ulong)i + 1),
                Connection = new ConnectionEpoch(1),
                Input = new ShipInput
                {
                    TargetTick = _world.Tick,
                    MoveX = (float)_pilots[i].X,
                    MoveY = (float)_pilots[i].Y,
                    Buttons = _style == FlightStyle.Fight && (i + (int)(_world.Tick / 40)) % 5 == 0 ? InputButtons.Fire : InputButtons.None,
                },
            });
        }

        _world.Step();
        Note();
        _world.Extract(_changes);
    }

    private void Note()
    {
        var entities = _world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        var velocities = entities.Column(StandardComponents.Velocity);
        var cells = _ring[(int)(Now % Ring)];
        foreach (var cell in cells)
            cell.Clear(Now);
        for (var slot = 0; slot < entities.Capacity; slot++)
        {
            if (!entities.IsAlive(slot))
            {
                _tracks[slot] = default;
                continue;
            }

            // A projectile's countdown is no change: receivers count by themselves.
            var silent = _ids[slot] == entities.IdOf(slot).Value ? StandardComponents.ProjectileMarker.Bit : 0;
            _ids[slot] = entities.IdOf(slot).Value;
            for (var dirty = entities.DirtyOf(slot) & _slowMask & ~silent; dirty != 0; dirty &= dirty - 1)
                _newest[slot] = _changed[slot, System.Numerics.BitOperations.TrailingZeroCount(dirty)] = Now;
            if (!transforms.Has(slot))
                continue;
            var t = transforms[slot];
            var v = velocities[slot];
            var motion = _tracks[slot].Next(_quantizer, t.EntityType, Now, t.X, t.Y, v.X, v.Y, t.Rotation);
            cells[slot < _pilots.Length / 2 ? 0 : 1].TryAdd((ushort)slot, entities.GenerationOf(slot), t.EntityType, motion);
        }
    }
}
