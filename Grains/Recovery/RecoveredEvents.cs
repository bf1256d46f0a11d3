// The events of ticks that were simulated again, for gateways that come late.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;

namespace Aetheris.Grains.Recovery;

/// <summary>Events between the snapshot and the start of the epoch.</summary>
/// <param name="baseTick">Tick of the snapshot.</param>
/// <param name="events">The events, in order.</param>
public sealed class RecoveredEvents(ulong baseTick, IReadOnlyList<RoomEvent> events)
{
    /// <summary>Tick of the snapshot: events of it and before are not known.</summary>
    public ulong BaseTick => baseTick;

    /// <summary>Appends the events of the ticks after one.</summary>
    /// <returns>How many.</returns>
    public int WriteAfter(ulong tick, ByteWriter section)
    {
        var count = 0;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Tick <= tick)
                continue;
            events[i].Write(section);
            count++;
        }

        return count;
    }
}
