// A room's stay on this silo: its place at the clock and in the registry.
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Ticking;

namespace Aetheris.Grains.Rooms;

/// <summary>From the first tick to the last. Not thread-safe: belongs to the grain.</summary>
internal sealed class RoomStay
{
    private readonly RoomHosting _hosting;
    private readonly RoomSetup _setup;
    private readonly TickRegistration _registration;

    private RoomStay(RoomHosting hosting, OpenedRoom opened, Room room, TickRegistration registration)
    {
        _hosting = hosting;
        _setup = opened.Setup;
        Keeper = opened.Keeper;
        Room = room;
        _registration = registration;
    }

    /// <summary>The room.</summary>
    public Room Room { get; }

    /// <summary>Stores the room.</summary>
    public RoomKeeper Keeper { get; }

    /// <summary>Facts of the room.</summary>
    public RoomSetup Setup => _setup;

    /// <summary>UTC at which the next tick is due.</summary>
    public DateTimeOffset NextDeadline =>
        _hosting.Time.GetUtcNow() + TimeSpan.FromTicks((_registration.NextDeadline - _hosting.Clock.Now) / TimeSpan.NanosecondsPerTick);

    /// <summary>Starts the ticks.</summary>
    /// <param name="hosting">The silo.</param>
    /// <param name="opened">What the room begins with.</param>
    /// <param name="room">The room.</param>
    /// <param name="firstDeadline">UTC of the first tick, at most one period from now (the clocks of two silos differ); null for a phase of its own.</param>
    public static RoomStay Begin(RoomHosting hosting, OpenedRoom opened, Room room, DateTimeOffset? firstDeadline)
    {
        var period = TimeSpan.FromSeconds(1.0 / opened.Setup.TickRate);
        long? first = null;
        if (firstDeadline is { } utc)
        {
            var wait = utc - hosting.Time.GetUtcNow();
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > period ? period : wait;
            first = hosting.Clock.Now + (wait.Ticks * TimeSpan.NanosecondsPerTick);
        }

        // In the registry before it ticks: a drain that sees an empty registry must not miss it.
        hosting.Registry.Add(opened.Setup.Name, room);
        return new RoomStay(hosting, opened, room, hosting.Clock.Register(room, period, first));
    }

    /// <summary>Stops the ticks and freezes the room: nothing ticks or is sent afterwards.</summary>
    /// <param name="timeout">Longest wait, for each of the two.</param>
    /// <returns>False when a tick still runs: the room is silent, but its state is not whole.</returns>
    public bool Stop(TimeSpan timeout)
    {
        var stopped = _hosting.Clock.Unregister(_registration, timeout);
        return Room.Freeze(timeout) && stopped;
    }

    /// <summary>Ends the stay: whoever waits for this silo to be empty no longer waits for this room.</summary>
    public void End()
    {
        Room.Close();
        _hosting.Registry.Remove(_setup.Name, Room);
    }
}
