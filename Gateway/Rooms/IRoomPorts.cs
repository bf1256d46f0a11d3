// Opens the way to rooms.
namespace Aetheris.Gateway.Rooms;

/// <summary>Makes a port for each room.</summary>
public interface IRoomPorts
{
    /// <summary>A port to one room.</summary>
    /// <param name="room">Room name.</param>
    /// <param name="onFrame">Receives the bytes of each frame, from any thread.</param>
    IRoomPort Open(string room, Action<byte[]> onFrame);
}
