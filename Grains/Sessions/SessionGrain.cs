// One player's session: a single activation decides which connection is live.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Sessions;

/// <summary>The grain of a session. Writes storage on sign-in, change of room or ship, connection epoch and revocation only.</summary>
public sealed partial class SessionGrain : Grain, ISessionGrain
{
    private static readonly TimeSpan ExpelTimeout = TimeSpan.FromSeconds(2);

    private readonly IPersistentState<SessionRecord> _record;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionGrain> _logger;

    /// <summary>Created by Orleans.</summary>
    public SessionGrain(
        [PersistentState("session", AetherisGrains.Storage)] IPersistentState<SessionRecord> record,
        TimeProvider time,
        ILogger<SessionGrain> logger)
    {
        _record = record;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public async Task<SessionLease> ClaimAsync(SessionClaim claim)
    {
        if (!PlayerId.TryParse(this.GetPrimaryKeyString(), out var player) || player.IsNone)
            return new SessionLease(Granted: false, (byte)CloseReason.BadToken, ConnectionEpoch.None, string.Empty, default);
        var (oldRoom, oldConnection) = (_record.State.Room, _record.State.Connection);
        var lease = SessionRules.Claim(_record.State, claim, _time.GetUtcNow());
        if (!lease.Granted)
            return lease;
        await _record.WriteStateAsync();
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
        if (connection == _record.State.Connection)
            _record.State.Live = false;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<SessionLease> CheckAsync(ConnectionEpoch connection) =>
        Task.FromResult(SessionRules.Check(_record.State, connection, _time.GetUtcNow()));

    /// <inheritdoc />
    public async Task<SessionLease> RenewAsync(ConnectionEpoch connection, SessionClaim claim)
    {
        var lease = SessionRules.Renew(_record.State, connection, claim, _time.GetUtcNow());
        if (lease.Granted)
            await _record.WriteStateAsync();
        return lease;
    }

    /// <inheritdoc />
    public async Task ReportShipAsync(string room, uint roomEpoch, NetworkId ship, bool hasPlace)
    {
        if (SessionRules.Report(_record.State, room, roomEpoch, ship, hasPlace))
            await _record.WriteStateAsync();
    }

    /// <inheritdoc />
    public async Task RevokeAsync()
    {
        var (room, connection) = (_record.State.Room, _record.State.Connection);
        SessionRules.Revoke(_record.State, _time.GetUtcNow());
        await _record.WriteStateAsync();
        if (!PlayerId.TryParse(this.GetPrimaryKeyString(), out var player))
            return;
        LogRevoked(_logger, player);
        if (room.Length > 0)
            await ExpelAsync(room, player, connection, LeaveReason.Revoked);
    }

    /// <inheritdoc />
    public Task<SessionInfo> GetInfoAsync()
    {
        var record = _record.State;
        return Task.FromResult(new SessionInfo
        {
            Name = record.Name,
            Role = record.Role,
            Room = record.Room,
            Gateway = record.Gateway,
            Connection = record.Connection,
            Live = record.Live,
            Ship = record.Ship,
            Revoked = record.Revoked,
            HasPlace = record.HasPlace,
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Session of {Player} is revoked")]
    private static partial void LogRevoked(ILogger logger, PlayerId player);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} could not be told that {Player} left it")]
    private static partial void LogExpelFailed(ILogger logger, Exception exception, string room, PlayerId player);

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
