// Keeps a session's record and its copy in storage, without making players wait for a storage that is away.
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Aetheris.Grains.Sessions;

/// <summary>
/// One write at a time, in the background of the calls that ask for it. A save that is not done in half a second goes on without its
/// caller, and one that failed is repeated when somebody asks: the floor of connection epochs (ADR 0048) makes it harmless that an answer
/// was given before its record was safe. A storage that came back empty or behind is written again. Belongs to one activation.
/// </summary>
internal sealed partial class SessionStore
{
    private const int MaxAttempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly IPersistentState<SessionRecord> _stored;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _player;
    private Task<bool> _writing = Task.FromResult(true);
    private bool _again;

    /// <summary>Begins with what was stored.</summary>
    /// <param name="stored">The player's record.</param>
    /// <param name="player">Whose it is, for the log.</param>
    /// <param name="time">Time.</param>
    /// <param name="logger">Log.</param>
    public SessionStore(IPersistentState<SessionRecord> stored, string player, TimeProvider time, ILogger logger)
    {
        _player = player;
        _stored = stored;
        _time = time;
        _logger = logger;
        Record = stored.State;
    }

    /// <summary>The record. Storage only follows it.</summary>
    public SessionRecord Record { get; }

    /// <summary>Whether storage may not have the newest record.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Whether storage has a newer record: another activation decides about this session.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>Writes the record as it is now.</summary>
    /// <returns>Whether it is safe; false when storage failed or takes its time.</returns>
    public async Task<bool> SaveAsync()
    {
        IsBehind = true;
        if (_writing.IsCompleted)
            _writing = WriteAsync();
        else
            _again = true;
        try
        {
            return await _writing.WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The session of {Player} could not be stored ({Reason}); it goes on and is stored later")]
    private static partial void LogFailed(ILogger logger, string player, string reason);

    private async Task<bool> WriteAsync()
    {
        using var scope = _logger.ForPlayer(_player);
        var attempt = 0;
        do
        {
            _again = false;
            try
            {
                _stored.State = Record;
                await _stored.WriteStateAsync();
                IsBehind = _again;
            }
            catch (InconsistentStateException) when (++attempt < MaxAttempts)
            {
                if (!await TryCatchUpAsync())
                    return false;
            }
            catch (Exception exception)
            {
                LogFailed(_logger, _player, exception.Message);
                return false;
            }
        }
        while (_again);
        return true;
    }

    /// <summary>Storage is not as this activation left it: empty, older, or written by another.</summary>
    private async Task<bool> TryCatchUpAsync()
    {
        try
        {
            await _stored.ReadStateAsync();
        }
        catch (Exception exception)
        {
            LogFailed(_logger, _player, exception.Message);
            return false;
        }

        IsOutdated = _stored.RecordExists && _stored.State.Connection.Value > Record.Connection.Value;
        _again = !IsOutdated;
        return !IsOutdated;
    }
}
