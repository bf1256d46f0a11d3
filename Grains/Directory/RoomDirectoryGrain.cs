// The index of rooms: lists, matches, and opens what a match asks for.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Directory;

/// <summary>The grain of the room index. It keeps nothing durable: rooms report once a second and fill it again.</summary>
public sealed partial class RoomDirectoryGrain : Grain, IRoomDirectoryGrain
{
    // A directory that has just come to another silo knows no rooms: names of a template that it finds free are taken and perhaps full.
    private const int MostOpenings = 5;

    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(5);

    private readonly RoomIndex _index;
    private readonly ILogger<RoomDirectoryGrain> _logger;

    /// <summary>Created by Orleans.</summary>
    public RoomDirectoryGrain(IOptions<RoomsOptions> options, TimeProvider time, ILogger<RoomDirectoryGrain> logger)
    {
        _index = new RoomIndex(options.Value, time);
        _logger = logger;
    }

    /// <inheritdoc />
    public async Task<MatchResult> MatchAsync(MatchRequest request)
    {
        for (var opening = 1; ; opening++)
        {
            var result = _index.Match(request, out var template);
            if (template is null)
                return result;
            var listing = await GrainFactory.GetGrain<IRoomGrain>(result.Room).OpenAsync(template).WaitAsync(OpenTimeout);
            _index.Report(listing);
            LogOpened(_logger, result.Room, listing.Template);

            // The room may have been open all along under another template or full of players: the same rules apply to it.
            result = _index.Match(request with { Room = result.Room, Template = null }, out _);
            if (result.Outcome == MatchOutcome.Found || request.Template is null || opening == MostOpenings)
                return result;
        }
    }

    /// <inheritdoc />
    public Task ReportAsync(RoomListing listing)
    {
        _index.Report(listing);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<RoomListing>> ListAsync() => Task.FromResult(_index.List());

    [LoggerMessage(Level = LogLevel.Debug, Message = "Match opened room {Room} (template {Template})")]
    private static partial void LogOpened(ILogger logger, string room, string template);
}
