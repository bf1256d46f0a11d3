// One player's session: a single activation decides which connection is live.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Grains.Shard;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Sessions;

/// <summary>The grain of a session. Writes storage on sign-in, change of room or ship, connection epoch and revocation only.</summary>
public sealed partial class SessionGrain : Grain, ISessionGrain
{
    private static readonly TimeSpan ExpelTimeout = TimeSpan.FromSeconds(2);

    private readonly IPersistentState<SessionRecord> _stored;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionGrain> _logger;
    private SessionStore _store = null!;

    /// <summary>Created by Orleans.</summary>
    public SessionGrain(
        [PersistentState("session", AetherisGrains.Storage)] IPersistentState<SessionRecord> stored,
        TimeProvider time,
        ILogger<SessionGrain> logger)
    {
        _stored = stored;
        _time = time;
        _logger = logger;
    }

    private SessionRecord Record => _store.Record;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _store = new SessionStore(_stored, this.GetPrimaryKeyString(), _time, _logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_store is { IsBehind: true, IsOutdated: false })
            await _store.SaveAsync();
    }

    /// <inheritdoc />
    public async Task<SessionLease> ClaimAsync(SessionClaim claim)
    {
        if (!PlayerId.TryParse(this.GetPrimaryKeyString(), out var player) || player.IsNone)
            return new SessionLease(Granted: false, (byte)CloseReason.BadToken, ConnectionEpoch.None, string.Empty, default);
        var (oldRoom, oldConnection) = (Record.Room, Record.Connection);
        var lease = SessionRules.Claim(Record, claim, _time.GetUtcNow());
        if (!lease.Granted)
            return lease;
        await SaveAsync();
        if (oldRoom.Length > 0 && !string.Equals(oldRoom, claim.Room, StringComparison.Ordinal))
        {
            // Not on the way of the connection that is waiting.
            _ = ExpelAsync(oldRoom, player, oldConnection, LeaveReason.ChangedRoom);
        }

        return lease;
    }

    /// <inheritdoc />
    public Task ReleaseAsync(ConnectionEpoch connection)
    {
        if (connection == Record.Connection)
            Record.Live = false;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<SessionLease> CheckAsync(ConnectionEpoch connection, SessionClaim claim)
    {
        SessionRules.Suspect(Record, claim.Suspicion);
        var lease = SessionRules.Check(Record, connection, claim, _time.GetUtcNow(), out var changed);
        if (changed || _store.IsBehind)
            await SaveAsync();
        return lease;
    }

    /// <inheritdoc />
    public async Task<SessionLease> RenewAsync(ConnectionEpoch connection, SessionClaim claim)
    {
        var lease = SessionRules.Renew(Record, connection, claim, _time.GetUtcNow());
        if (lease.Granted)
            await SaveAsync();
        return lease;
    }

    /// <inheritdoc />
    public async Task ReportShipAsync(string room, uint roomEpoch, NetworkId ship, bool hasPlace)
    {
        if (SessionRules.Report(Record, room, roomEpoch, ship, hasPlace))
            await SaveAsync();
    }

    /// <inheritdoc />
    public Task RevokeAsync() => EndAsync(record => SessionRules.Revoke(record, _time.GetUtcNow()));

    /// <inheritdoc />
    public Task BanAsync(Ban? ban) => ban is null ? LiftBanAsync() : EndAsync(record => SessionRules.Ban(record, ban, _time.GetUtcNow()));

    /// <inheritdoc />
    public Task<SessionStanding> GetStandingAsync() => Task.FromResult(SessionRules.Standing(Record, _time.GetUtcNow()));

    /// <inheritdoc />
    public Task ClearSuspicionAsync()
    {
        Record.Suspicion = 0;
        return Task.CompletedTask;
    }

    private async Task LiftBanAsync()
    {
        SessionRules.Ban(Record, null, _time.GetUtcNow());
        if (!await SaveAsync())
            throw new TimeoutException("the ban is lifted, but storage did not take it: repeat the call");
    }

    private async Task EndAsync(Action<SessionRecord> end)
    {
        var (room, connection) = (Record.Room, Record.Connection);
        end(Record);
        var saving = SaveAsync();
        if (PlayerId.TryParse(this.GetPrimaryKeyString(), out var player))
        {
            LogRevoked(_logger, player);
            await Task.WhenAll(
                ShardPublisher.TryPublishAsync(this, ShardStreams.Revocations, new SessionRevoked(player, connection), _logger),
                room.Length > 0 ? ExpelAsync(room, player, connection, LeaveReason.Revoked) : Task.CompletedTask);
        }

        // It acts already; but a silo that stopped now would forget it.
        if (!await saving)
            throw new TimeoutException("the session is ended, but storage did not take it: repeat the call");
    }

    /// <inheritdoc />
    public Task<SessionInfo> GetInfoAsync() => Task.FromResult(new SessionInfo
    {
        Name = Record.Name,
        Role = Record.Role,
        Room = Record.Room,
        Gateway = Record.Gateway,
        Connection = Record.Connection,
        Live = Record.Live,
        Ship = Record.Ship,
        Revoked = Record.Revoked,
        HasPlace = Record.HasPlace,
        Suspicion = Record.Suspicion,
        ExpiresAt = Record.ExpiresAt,
    });

    [LoggerMessage(Level = LogLevel.Information, Message = "Session of {Player} is revoked")]
    private static partial void LogRevoked(ILogger logger, PlayerId player);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} could not be told that {Player} left it")]
    private static partial void LogExpelFailed(ILogger logger, Exception exception, string room, PlayerId player);

    private async Task<bool> SaveAsync()
    {
        var isSafe = await _store.SaveAsync();
        if (!_store.IsOutdated)
            return isSafe;
        DeactivateOnIdle();
        throw new InvalidOperationException("another activation has decided about this session meanwhile; ask again");
    }

    private async Task ExpelAsync(string room, PlayerId player, ConnectionEpoch connection, LeaveReason reason)
    {
        try
        {
            await GrainFactory.GetGrain<IRoomGrain>(room).ExpelAsync(player, connection, (byte)reason).WaitAsync(ExpelTimeout);
        }
        catch (Exception exception)
        {
            LogExpelFailed(_logger, exception, room, player);
        }
    }
}
