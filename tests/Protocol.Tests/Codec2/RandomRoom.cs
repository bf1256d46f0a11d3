// A room that changes at random, as a gateway would show it to the encoder.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Protocol.Tests.Codec2;

/// <summary>Entities that fly, jump, change type, come and go and change all kinds of components.</summary>
internal sealed class RandomRoom : ISlowState
{
    internal const int Slots = 80;
    internal static readonly Codec2Schema Schema = MakeSchema();

    private readonly Random _random;
    private readonly Entity?[] _entities = new Entity?[Slots];
    private readonly byte[] _generations = new byte[Slots];
    private ulong _lastId = 10;

    internal RandomRoom(int seed)
    {
        _random = new Random(seed);
        Tick = 1 + (ulong)_random.Next(100000);
        for (var i = 0; i < Slots / 2; i++)
            Spawn(_random.Next(Slots));
    }

    internal ulong Tick { get; private set; }

    /// <summary>Slots whose entities are members of the cell.</summary>
    internal static bool IsMember(int slot, Entity entity) => slot % 5 != 0 ? slot < 70 : entity.Inside;

    internal Entity? this[int slot] => _entities[slot];

    internal byte GenerationOf(int slot) => _generations[slot];

    internal void Next()
    {
        Tick++;
        for (var slot = 0; slot < Slots; slot++)
        {
            var what = _random.Next(1000);
            if (_entities[slot] is not { } entity)
            {
                if (what < 10)
                    Spawn(slot);
                continue;
            }

            Move(entity, what);
            if (what < 5)
                _entities[slot] = null;
            else if (what < 10)
                Spawn(slot);
            else if (what < 30)
                Change(entity);
            else if (what < 40)
                entity.Inside = !entity.Inside;
        }
    }

    internal void Fill(CellSnapshot cell)
    {
        cell.Clear(Tick);
        for (var slot = 0; slot < Slots && cell.Count < Codec2Limits.MaxMembers; slot++)
        {
            if (_entities[slot] is { } entity && IsMember(slot, entity))
                cell.TryAdd((ushort)slot, _generations[slot], entity.Type, entity.Motion);
        }
    }

    public ulong ChangedSince(int slot, ulong tick)
    {
        var mask = 0UL;
        for (var bit = 0; bit < 63; bit++)
        {
            if (_entities[slot]!.ChangedAt[bit] > tick)
                mask |= 1UL << bit;
        }

        return mask;
    }

    public ulong MaskOf(int slot)
    {
        var mask = 3UL;
        foreach (var bit in _entities[slot]!.Values.Keys)
            mask |= 1UL << bit;
        return mask;
    }

    public void Write(int slot, int bit, ByteWriter writer) => writer.WriteBytes(_entities[slot]!.Values[bit]);

    public ulong IdOf(int slot) => _entities[slot]!.Id;

    public bool IsAlive(int slot, byte generation) => _entities[slot] is not null && _generations[slot] == generation;

    private static Codec2Schema MakeSchema() => new(
        60,
        -250,
        -100,
        500,
        200,
        [
            new Codec2Component(0, 1, Codec2Role.Place, 18),
            new Codec2Component(1, 2, Codec2Role.Velocity, 12),
            new Codec2Component(2, 3, Codec2Role.Slow, 4),
            new Codec2Component(7, 4, Codec2Role.Slow, -1),
            new Codec2Component(62, 5, Codec2Role.Slow, 0),
            new Codec2Component(5, 6, Codec2Role.Slow, 16),
        ],
        [
            new Codec2Type(1, 2000, 270000, 100, 0x27, new Dictionary<int, byte[]> { [2] = [200, 0, 200, 0], [5] = new byte[16] }),
            new Codec2Type(3, 0, 60000, 127, 0x87, new Dictionary<int, byte[]> { [2] = [1, 2, 3, 4], [7] = [80, 108, 97, 121] }),
        ],
        [new Codec2Link(5, 4, 2, 0, 4)]);

    private void Spawn(int slot)
    {
        _generations[slot] = (byte)((_generations[slot] + 1) & 15);
        _lastId += (ulong)_random.Next(1, 4);
        var entity = new Entity
        {
            Id = _random.Next(50) == 0 ? ulong.MaxValue - (ulong)_random.Next(5) : _lastId,
            Type = (ushort)(_random.Next(4) switch { 0 => 1, 1 => 3, 2 => 7, _ => _random.Next(65536) }),
            Motion = Jump(),
            Inside = _random.Next(2) == 0,
        };
        if (Schema.TryGetType(entity.Type, out var type) && _random.Next(3) > 0)
        {
            foreach (var value in type.Prototype)
                entity.Values[value.Key] = value.Value;
        }

        _entities[slot] = entity;
        for (var i = _random.Next(3); i > 0; i--)
            Change(entity);
    }

    private void Change(Entity entity)
    {
        var component = Schema.Components[_random.Next(2, Schema.Components.Count)];
        entity.ChangedAt[component.Bit] = Tick;
        if (_random.Next(4) == 0 && entity.Values.Remove(component.Bit))
            return;
        var value = new byte[component.Size >= 0 ? component.Size : _random.Next(20)];
        if (_random.Next(2) == 0)
            _random.NextBytes(value);
        entity.Values[component.Bit] = value;
    }

    private QuantizedMotion Jump() => new()
    {
        X = _random.Next(Schema.SizeX),
        Y = _random.Next(Schema.SizeY),
        VX = (short)(_random.Next(3) == 0 ? 0 : _random.Next(-32752, 32753)),
        VY = (short)(_random.Next(3) == 0 ? 0 : _random.Next(-800, 801)),
        R = (ushort)_random.Next(1024),
        AX = (sbyte)(_random.Next(2) == 0 ? 0 : _random.Next(-127, 128)),
        AY = (sbyte)(_random.Next(2) == 0 ? 0 : _random.Next(-127, 128)),
        ThrustAge = (byte)_random.Next(256),
    };

    private void Move(Entity entity, int what)
    {
        ref var motion = ref entity.Motion;
        if (what is > 900 and < 910)
            motion = Jump();
        if (what is > 600 and < 700)
        {
            motion.AX = (sbyte)_random.Next(-100, 101);
            motion.AY = (sbyte)(_random.Next(2) == 0 ? 0 : _random.Next(-100, 101));
            motion.Analogue = false;
            motion.ThrustAge = 1;
        }

        if (what is > 700 and < 720)
        {
            motion.Analogue = true;
            motion.AX = 0;
            motion.AY = 0;
        }

        if (what > 950)
            return;
        motion.VX = (short)Math.Clamp((motion.VX * 31 / 32) + (motion.AX * 16 / 60), -32752, 32752);
        motion.VY = (short)Math.Clamp((motion.VY * 31 / 32) + (motion.AY * 16 / 60), -32752, 32752);
        motion.X = (int)((motion.X + (motion.VX * 16L / 60) + _random.Next(-1, 2) + Schema.SizeX + (long)Schema.SizeX) % Schema.SizeX);
        motion.Y = (int)((motion.Y + (motion.VY * 16L / 60) + _random.Next(-1, 2) + Schema.SizeY + (long)Schema.SizeY) % Schema.SizeY);
        motion.R = (ushort)((motion.R + _random.Next(-2, 3)) & 1023);
    }

    internal sealed class Entity
    {
        internal QuantizedMotion Motion;

        internal ulong Id { get; init; }

        internal ushort Type { get; init; }

        internal bool Inside { get; set; }

        internal SortedDictionary<int, byte[]> Values { get; } = [];

        internal ulong[] ChangedAt { get; } = new ulong[63];
    }
}
