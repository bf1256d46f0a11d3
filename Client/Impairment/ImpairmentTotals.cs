// Sums what a client's relays did over all its connections.
namespace Aetheris.Client.Impairment;

/// <summary>Counts over both directions and all connections of one client.</summary>
public sealed class ImpairmentTotals
{
    /// <summary>Datagrams that entered.</summary>
    public long Seen { get; set; }

    /// <summary>Datagrams dropped on purpose.</summary>
    public long Dropped { get; set; }

    /// <summary>Datagrams dropped because a queue was full: 0 in a sound measurement.</summary>
    public long Overflowed { get; set; }
}
