// Which entity type travels on which channel: the one place where that is said.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Channels, classes and the class of every entity type; immutable. A game makes its own with <see cref="ChannelRegistryBuilder"/>,
/// which starts from the standard one, and registers it as a service in front of <c>AddAetherisGateway</c>.
/// </summary>
public sealed class ChannelRegistry
{
    /// <summary>Index of channel P0 in every registry: the viewer's own record.</summary>
    public const int Self = 0;

    private readonly byte[] _classOfType;
    private readonly byte _unknown;

    internal ChannelRegistry(Channel[] channels, ReplicationClass[] classes, byte[] classOfType, byte unknown, byte placeless)
    {
        Channels = channels;
        Classes = classes;
        _classOfType = classOfType;
        _unknown = unknown;
        Placeless = placeless;
    }

    /// <summary>Self, combat, nearby, distant, environment, cosmetic; ships and drops are dynamic, asteroids environment.</summary>
    public static ChannelRegistry Standard { get; } = new ChannelRegistryBuilder().Build();

    /// <summary>Channels by index.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>Classes by index.</summary>
    public IReadOnlyList<ReplicationClass> Classes { get; }

    /// <summary>Index of the class of what has no place, such as the room itself.</summary>
    public int Placeless { get; }

    /// <summary>Index of the class of an entity type; the dynamic class for a type that nobody has named.</summary>
    public int ClassOf(ushort type) => type < _classOfType.Length && _classOfType[type] != byte.MaxValue ? _classOfType[type] : _unknown;
}
