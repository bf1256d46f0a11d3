// The answer of a room that cannot answer now: whoever asked asks again.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>The room is moving, or its storage does not answer: nothing is decided, the caller repeats its call.</summary>
[GenerateSerializer, Alias("aetheris.room.unavailable")]
public sealed class RoomUnavailableException : Exception
{
    /// <summary>Created with a reason.</summary>
    public RoomUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Created with a reason and its cause.</summary>
    public RoomUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Created without a reason.</summary>
    public RoomUnavailableException()
    {
    }
}
