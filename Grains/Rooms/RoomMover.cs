// A room's departure to another silo, seen from the grain.
using System.Diagnostics;
using System.Text;
using Aetheris.Grains.Interfaces.Rooms;
using Orleans.Runtime.Placement;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// Asks Orleans to move the activation, writes what it takes along, and looks whether it arrived (DESIGN §6, migration). Belongs to the
/// grain; the looking happens outside of it.
/// </summary>
internal sealed class RoomMover(RoomHosting hosting, IGrainFactory grains, RoomAlarms alarms, string room)
{
    /// <summary>Name of the room's bytes in a dehydration context.</summary>
    public const string Key = "aetheris.room";

    private const string TraceKey = "aetheris.trace";

    private static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private byte[]? _carriage;
    private string? _trace;
    private volatile bool _hasLeft;

    /// <summary>Whether the room is about to leave.</summary>
    public bool IsMoving { get; private set; }

    /// <summary>The trace that the move belongs to; default for none.</summary>
    public ActivityContext Trace => ActivityContext.TryParse(_trace, null, isRemote: true, out var context) ? context : default;

    /// <summary>Asks for the move; the activation ends when it is idle.</summary>
    public void Begin(IGrainBase grain, SiloAddress target)
    {
        IsMoving = true;
        _trace = Activity.Current is { Recorded: true } call ? call.Id : null;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        try
        {
            grain.MigrateOnIdle();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }

        _ = WatchLeavingAsync();
    }

    /// <summary>Writes what the room takes along. Never throws; without it the next silo recovers the room.</summary>
    public void Pack(RoomStay stay)
    {
        IsMoving = true;
        try
        {
            _carriage = hosting.Carrier.Pack(stay.Room.Capture(stay.NextDeadline));
        }
        catch (Exception exception)
        {
            alarms.NotCarried(room, exception);
        }
    }

    /// <summary>Gives the bytes to Orleans. Empty bytes tell the other side that there should have been some.</summary>
    public void Dehydrate(IDehydrationContext context)
    {
        context.AddBytes(Key, _carriage ?? []);
        if (_trace is not null)
            context.AddBytes(TraceKey, Encoding.ASCII.GetBytes(_trace));
        _carriage = null;
    }

    /// <summary>The trace that a room came with; default for none.</summary>
    public static ActivityContext ReadTrace(IRehydrationContext context) =>
        context.TryGetBytes(TraceKey, out var bytes) && bytes.Length < 128
        && ActivityContext.TryParse(Encoding.ASCII.GetString(bytes), null, isRemote: true, out var trace) ? trace : default;

    /// <summary>The activation is over: looks a little later whether the room is somewhere, and opens it if not.</summary>
    public void OnLeft(string template)
    {
        _hasLeft = true;
        if (IsMoving && !hosting.IsStopping)
            _ = LookAsync(template);
    }

    private async Task WatchLeavingAsync()
    {
        await Task.Delay(LeaveWithin, hosting.Time).ConfigureAwait(false);
        if (!_hasLeft)
            alarms.Overdue(room);
    }

    private async Task LookAsync(string template)
    {
        await Task.Delay(LookAfter, hosting.Time).ConfigureAwait(false);
        try
        {
            var grain = grains.GetGrain<IRoomGrain>(room);
            var listing = await grain.GetListingAsync().WaitAsync(CallTimeout, hosting.Time).ConfigureAwait(false);
            if (listing.Status is RoomStatus.Active or RoomStatus.Draining || hosting.IsStopping)
                return;
            alarms.Lost(room);
            await grain.OpenAsync(template).WaitAsync(CallTimeout, hosting.Time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Its gateways and the next match ask for it, too.
            alarms.Failed(room, exception);
        }
    }
}
