// Empties this silo: no new rooms, and every room moves away, a few at a time.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Silos;
using Aetheris.Grains.Rooms;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Silos;

/// <summary>The drain of this silo; once begun it is for good. Thread-safe.</summary>
public sealed partial class SiloDrain(
    IGrainFactory grains,
    IClusterMembershipService membership,
    ILocalSiloDetails self,
    RoomRegistry rooms,
    MoveTargets targets,
    SiloViews views,
    TimeProvider time,
    ILogger<SiloDrain> logger)
{
    // More at once and each waits for the others: 20 moves together took twice as long as one (DESIGN §6).
    private const int AtOnce = 3;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private Task<DrainResult>? _running;

    /// <summary>Whether this silo takes no new rooms.</summary>
    public bool IsDraining
    {
        get
        {
            lock (_lock)
                return _running is not null;
        }
    }

    /// <summary>This silo as others should see it.</summary>
    public SiloReport Report()
    {
        lock (_lock)
            return new SiloReport(self.Name, rooms.Count, _running is not null, _running is { IsCompleted: false }, ProductVersion.Text);
    }

    /// <summary>Moves every room away. A second call while one runs waits for that one; afterwards it tries again what was left.</summary>
    /// <param name="bound">Time after which what is left stays.</param>
    public Task<DrainResult> RunAsync(TimeSpan bound)
    {
        lock (_lock)
        {
            if (_running is null or { IsCompleted: true })
                _running = MoveAllAsync(bound);
            return _running;
        }
    }

    private async Task<DrainResult> MoveAllAsync(TimeSpan bound)
    {
        // Whoever begins holds the lock: the rest happens outside it.
        await Task.Yield();
        var started = time.GetTimestamp();
        var before = rooms.Count;
        var hadTarget = false;
        // A room that does not move must not hold up those behind it.
        var tries = new Dictionary<string, int>(StringComparer.Ordinal);
        while (rooms.Count > 0 && time.GetElapsedTime(started) < bound)
        {
            var fit = FitSilos();
            if (fit.Count == 0)
                break;
            hadTarget = true;
            var next = rooms.Names.OrderBy(room => tries.GetValueOrDefault(room)).Take(AtOnce).ToList();
            next.ForEach(room => tries[room] = tries.GetValueOrDefault(room) + 1);
            await Task.WhenAll(next.Select(room => MoveAsync(room, fit)));
        }

        var left = rooms.Count;
        var took = time.GetElapsedTime(started);
        LogDrained(logger, before, left, took);
        return new DrainResult(left, hadTarget);
    }

    private List<ClusterMember> FitSilos() =>
        [.. membership.CurrentSnapshot.Members.Values.Where(member =>
            !member.SiloAddress.Equals(self.SiloAddress) && !views.IsDraining(member.SiloAddress) && targets.Find(member.Name) is not null)];

    private async Task MoveAsync(string room, List<ClusterMember> silos)
    {
        var address = views.PlaceRoom([.. silos.Select(static silo => silo.SiloAddress)]);
        var target = silos.Find(silo => silo.SiloAddress.Equals(address))!.Name;
        try
        {
            var outcome = await grains.GetGrain<IRoomGrain>(room).MigrateAsync(target).WaitAsync(CallTimeout, time);
            // The same silo: it is there already, and its old activation is about to end here.
            if (outcome is MoveOutcome.Begun or MoveOutcome.Moving or MoveOutcome.SameSilo && await HasLeftAsync(room))
                return;
            LogStayed(logger, room, outcome);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, room);
        }

        await Task.Delay(RetryPause, time);
    }

    private async Task<bool> HasLeftAsync(string room)
    {
        var started = time.GetTimestamp();
        while (rooms.Contains(room))
        {
            if (time.GetElapsedTime(started) > LeaveTimeout)
                return false;
            await Task.Delay(Pause, time);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained: {Before} rooms were here, {Left} are left after {Took}")]
    private static partial void LogDrained(ILogger logger, int before, int left, TimeSpan took);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} did not move ({Outcome})")]
    private static partial void LogStayed(ILogger logger, string room, MoveOutcome outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} could not be asked to move")]
    private static partial void LogFailed(ILogger logger, Exception exception, string room);
}
