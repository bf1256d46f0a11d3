// Puts channels and classes together.
using Aetheris.World;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Begins with the standard channels, classes and types; a game adds its own or moves types elsewhere.</summary>
public sealed class ChannelRegistryBuilder
{
    private const int MaxClasses = 64;

    private readonly List<Channel> _channels = [];
    private readonly List<ReplicationClass> _classes = [];
    private readonly Dictionary<ushort, byte> _types = [];

    /// <summary>The standard registry, open for more.</summary>
    public ChannelRegistryBuilder()
    {
        AddChannel(new Channel("self", 0, 64, 1));
        var combat = AddChannel(new Channel("combat", 1, 16, 6));
        var nearby = AddChannel(new Channel("nearby", 2, 6, 24));
        var distant = AddChannel(new Channel("distant", 3, 2, Channel.MaxDueTicks));
        var environment = AddChannel(new Channel("environment", 4, 0.75f, Channel.MaxDueTicks));
        var cosmetic = AddChannel(new Channel("cosmetic", 5, 0.4f, Channel.MaxDueTicks));
        Dynamic = AddClass(new ReplicationClass("dynamic", Moves: true, nearby, distant, distant, combat));
        Ballistic = AddClass(new ReplicationClass("ballistic", Moves: false, combat, combat, distant, combat));
        Environment = AddClass(new ReplicationClass("environment", Moves: false, environment, environment, environment, environment));
        Cosmetic = AddClass(new ReplicationClass("cosmetic", Moves: false, cosmetic, cosmetic, cosmetic, cosmetic));
        Assign(EntityTypes.Asteroid, Environment);
        Assign(EntityTypes.CargoDrop, Environment);
        Assign(EntityTypes.TrainingDummy, Environment);
        Assign(EntityTypes.Projectile, Ballistic);
    }

    /// <summary>Class of ships and of everything that nobody has named.</summary>
    public int Dynamic { get; }

    /// <summary>Class of shots: they move, but as foreseen.</summary>
    public int Ballistic { get; }

    /// <summary>Class of what stands still.</summary>
    public int Environment { get; }

    /// <summary>Class of what only looks good.</summary>
    public int Cosmetic { get; }

    /// <summary>Adds a channel.</summary>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">The weight is not above 0 or the wait is out of its range: such a channel would starve.</exception>
    public int AddChannel(Channel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (!(channel.Weight > 0) || channel.DueTicks is < 1 or > Channel.MaxDueTicks)
            throw new ArgumentException("the weight of a channel must be above 0 and its wait 1 to 48 ticks", nameof(channel));
        _channels.Add(channel);
        return _channels.Count - 1;
    }

    /// <summary>Adds a class.</summary>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">It names a channel that is not there, or there are 64 classes.</exception>
    public int AddClass(ReplicationClass replicationClass)
    {
        if (_classes.Count == MaxClasses)
            throw new ArgumentException("there are " + MaxClasses + " classes already", nameof(replicationClass));
        foreach (var channel in (ReadOnlySpan<int>)[replicationClass.Same, replicationClass.Adjacent, replicationClass.Far, replicationClass.Combat])
        {
            if ((uint)channel >= (uint)_channels.Count)
                throw new ArgumentException("there is no channel " + channel, nameof(replicationClass));
        }

        _classes.Add(replicationClass);
        return _classes.Count - 1;
    }

    /// <summary>Says which class an entity type belongs to; the last word counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ChannelRegistryBuilder Assign(ushort type, int replicationClass)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicationClass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(replicationClass, _classes.Count);
        _types[type] = (byte)replicationClass;
        return this;
    }

    /// <summary>The registry.</summary>
    public ChannelRegistry Build()
    {
        var types = new byte[_types.Count == 0 ? 0 : _types.Keys.Max() + 1];
        types.AsSpan().Fill(byte.MaxValue);
        foreach (var (type, replicationClass) in _types)
            types[type] = replicationClass;
        return new ChannelRegistry([.. _channels], [.. _classes], types, (byte)Dynamic, (byte)Environment);
    }
}
