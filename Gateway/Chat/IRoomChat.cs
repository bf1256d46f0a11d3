// Where lines of chat go.
using Aetheris.Grains.Interfaces.Shard;

namespace Aetheris.Gateway.Chat;

/// <summary>Carries what is said to everybody in the room, at whichever gateway they are.</summary>
public interface IRoomChat
{
    /// <summary>Takes a line and returns at once; a line that cannot be carried is lost.</summary>
    void Say(ChatLine line);
}
