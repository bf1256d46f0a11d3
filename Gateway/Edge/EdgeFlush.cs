// The end of the edge's round: what the round produced leaves the process.
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Udp;

namespace Aetheris.Gateway.Edge;

/// <summary>Sends commands to rooms and datagrams to clients.</summary>
public sealed class EdgeFlush(RoomLinks rooms, UdpListener udp) : IEdgeStep
{
    /// <inheritdoc />
    public void Step(long now)
    {
        rooms.Flush(now);
        udp.Flush(now);
    }
}
