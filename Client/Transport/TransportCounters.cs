// What crossed a transport, for the quality figures.
namespace Aetheris.Client.Transport;

/// <summary>Totals of one connection. Payload counts link messages with their kind byte; wire counts UDP payload plus 28 bytes of IP and UDP head.</summary>
public struct TransportCounters
{
    /// <summary>Bytes of link messages sent.</summary>
    public long PayloadUp;

    /// <summary>Bytes of link messages received.</summary>
    public long PayloadDown;

    /// <summary>Bytes on the wire sent.</summary>
    public long WireUp;

    /// <summary>Bytes on the wire received.</summary>
    public long WireDown;

    /// <summary>Messages received.</summary>
    public long MessagesDown;

    /// <summary>Adds another connection's totals.</summary>
    public void Add(in TransportCounters other)
    {
        PayloadUp += other.PayloadUp;
        PayloadDown += other.PayloadDown;
        WireUp += other.WireUp;
        WireDown += other.WireDown;
        MessagesDown += other.MessagesDown;
    }
}
