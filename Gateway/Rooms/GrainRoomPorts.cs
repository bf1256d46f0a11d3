// Rooms as grains.
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Rooms;

/// <summary>Makes ports to room grains; every frame wakes the edge thread.</summary>
public sealed class GrainRoomPorts(IGrainFactory grains, GatewayId gateway, EdgeLoop loop) : IRoomPorts
{
    /// <inheritdoc />
    public IRoomPort Open(string room, Action<byte[]> onFrame) =>
        new GrainRoomPort(grains, gateway, room, frame =>
        {
            onFrame(frame);
            loop.Wake();
        });
}
