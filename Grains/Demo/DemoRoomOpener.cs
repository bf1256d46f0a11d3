// Opens the default room at start when there are demo pilots to watch.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Interfaces.Directory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Demo;

/// <summary>Asks the directory for the default room once the silo is active. Every silo may: opening an open room does nothing.</summary>
public sealed partial class DemoRoomOpener : IStartupTask
{
    private readonly IGrainFactory _grains;
    private readonly DemoOptions _options;
    private readonly ILogger<DemoRoomOpener> _logger;

    /// <summary>Created by the silo.</summary>
    public DemoRoomOpener(IGrainFactory grains, IOptions<DemoOptions> options, ILogger<DemoRoomOpener> logger)
    {
        _grains = grains;
        _options = options.Value;
        _logger = logger;
    }

    /// <inheritdoc />
    public async Task Execute(CancellationToken cancellationToken)
    {
        if (_options.Pilots == 0)
            return;
        try
        {
            await _grains.GetGrain<IRoomDirectoryGrain>(0).MatchAsync(new MatchRequest(null, null, Privileged: true, [])).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A silo without its demo is still a silo: the first match opens the room.
            LogFailed(_logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo room could not be opened")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
