// The decisions about one entity for one client, while somebody asks.
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>The last 256 ticks. Exists only while an explanation is asked for; edge thread only.</summary>
public sealed class DecisionTrace
{
    private const int Capacity = 256;

    private readonly DecisionEntry[] _entries = new DecisionEntry[Capacity];
    private long _count;

    /// <summary>Begins to trace.</summary>
    public DecisionTrace(NetworkId entity) => Entity = entity;

    /// <summary>The entity.</summary>
    public NetworkId Entity { get; }

    /// <summary>Adds the decision of a tick.</summary>
    public void Add(in DecisionEntry entry) => _entries[_count++ % Capacity] = entry;

    /// <summary>The decisions so far, oldest first.</summary>
    public List<DecisionEntry> ToList()
    {
        var all = new List<DecisionEntry>();
        for (var i = Math.Max(0, _count - Capacity); i < _count; i++)
            all.Add(_entries[i % Capacity]);
        return all;
    }
}
