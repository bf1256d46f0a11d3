// State of a room that belongs to no entity: tables, timers, generators.
using Aetheris.Protocol.Binary;

namespace Aetheris.World;

/// <summary>Room-wide state of a rule. Saved and hashed with the room; never replicated.</summary>
public interface IRoomResource
{
    /// <summary>Appends everything that can influence the future, in one fixed order.</summary>
    void Write(ByteWriter writer);

    /// <summary>Fills a fresh instance from the form of <see cref="Write"/>; false for anything malformed. Allocates only in proportion to bytes that are there.</summary>
    bool TryRead(ref ByteReader reader);

    /// <summary>Called after ClearWorld has removed every entity.</summary>
    void OnCleared();
}
