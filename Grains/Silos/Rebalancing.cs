// Gives rooms of a full silo to an empty one, one at a time.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Silos;

/// <summary>Looks every <c>Aetheris:Rooms:RebalanceSeconds</c>; a silo that joined fills up in that rhythm.</summary>
public sealed partial class Rebalancing(
    IGrainFactory grains,
    SiloReports reports,
    SiloDrain drain,
    SiloViews views,
    RoomRegistry rooms,
    MoveTargets targets,
    ILocalSiloDetails self,
    IOptions<RoomsOptions> options,
    IOptions<RoomOptions> room,
    TimeProvider time,
    ILogger<Rebalancing> logger)
    : BackgroundService
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.RebalanceSeconds == 0)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RebalanceSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task LookAsync()
    {
        if (drain.IsDraining)
            return;
        var others = reports.ActiveMembers().Where(member => !member.SiloAddress.Equals(self.SiloAddress) && targets.Find(member.Name) is not null).ToList();
        if (views.FewestRooms([.. others.Select(static member => member.SiloAddress)]) is not { } emptiest)
            return;
        if (RoomBalance.Choose(rooms.List(), views.RoomsOf(emptiest), room.Value.TickRate) is not { } chosen)
            return;
        var target = others.Find(member => member.SiloAddress.Equals(emptiest))!.Name;
        try
        {
            var outcome = await grains.GetGrain<IRoomGrain>(chosen.Room).MigrateAsync(target).WaitAsync(CallTimeout, time);
            LogMoving(logger, chosen.Room, target, outcome);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, chosen.Room);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebalancing: room {Room} to silo {Silo} ({Outcome})")]
    private static partial void LogMoving(ILogger logger, string room, string silo, MoveOutcome outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rebalancing: room {Room} could not be asked to move")]
    private static partial void LogFailed(ILogger logger, Exception exception, string room);
}
