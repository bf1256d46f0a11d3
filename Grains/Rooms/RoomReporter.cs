// What a room tells the directory and the sessions of its players: never from the tick.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <summary>Calls that may fail without harm: they are repeated, or the listener finds out by itself. Every one is bounded in time.</summary>
internal sealed partial class RoomReporter(IGrainFactory grains, ILogger logger)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Tells the directory how the room is.</summary>
    public async Task TellDirectoryAsync(RoomListing listing)
    {
        try
        {
            await grains.GetGrain<IRoomDirectoryGrain>(0).ReportAsync(listing).WaitAsync(CallTimeout);
        }
        catch (Exception exception)
        {
            LogReportFailed(logger, exception, listing.Room);
        }
    }

    /// <summary>Tells the sessions of players which ship they have.</summary>
    public async Task TellSessionsAsync(string room, uint epoch, ShipReport[] reports)
    {
        if (reports.Length == 0)
            return;
        try
        {
            var calls = new Task[reports.Length];
            for (var i = 0; i < reports.Length; i++)
            {
                calls[i] = grains.GetGrain<ISessionGrain>(reports[i].Player.ToString())
                    .ReportShipAsync(room, epoch, reports[i].Ship, reports[i].HasPlace);
            }

            await Task.WhenAll(calls).WaitAsync(CallTimeout);
        }
        catch (Exception exception)
        {
            LogReportFailed(logger, exception, room);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A report of room {Room} failed")]
    private static partial void LogReportFailed(ILogger logger, Exception exception, string room);
}
