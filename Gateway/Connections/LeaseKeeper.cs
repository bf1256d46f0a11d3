// The lease of one connection: claimed once, judged for every message, refreshed every 60 ticks.
using Aetheris.Auth.Tokens;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// What a session hands to a gateway (DESIGN §3, session), so that no message waits for a look-up (T-22). Answers are polled on the edge
/// thread. A refresh that fails changes nothing: the lease holds until its own end.
/// </summary>
internal sealed class LeaseKeeper
{
    /// <summary>Room ticks between two refreshes, each connection in its own phase (T-20).</summary>
    public const int RefreshTicks = 60;

    /// <summary>Seconds without any message of the client after which the session is over (T-23).</summary>
    public const int IdleSeconds = 3600;

    // While the room is silent its ticks do not count, and a revocation must still be heard of.
    private const int SilentRefreshMilliseconds = 2000;
    private const int TouchMilliseconds = 1000;

    private readonly ConnectionServices _services;
    private ConnectClaims? _claims;
    private SessionClaim? _claim;
    private Task<SessionLease>? _call;
    private Task<LeaseRenewal>? _renewal;
    private DateTimeOffset _end;
    private long _touchedAt;
    private long _refreshedAt;
    private ulong _refreshedTick;

    /// <summary>A keeper without a lease.</summary>
    public LeaseKeeper(ConnectionServices services)
    {
        _services = services;
        Suspicion = new SuspicionMeter(services.Metrics);
    }

    /// <summary>What the session is told with every refresh.</summary>
    public SuspicionMeter Suspicion { get; }

    /// <summary>Role of the lease; empty without one.</summary>
    public string Role { get; private set; } = string.Empty;

    /// <summary>Connection epoch of the lease.</summary>
    public ConnectionEpoch Connection { get; private set; }

    private PlayerId Player => _claims!.Access.Player;

    /// <summary>Asks the player's session to make this connection the live one.</summary>
    public void Claim(ConnectClaims claims)
    {
        _claims = claims;
        _claim = ToClaim(claims.Access);
        _call = _services.Sessions.ClaimAsync(Player, _claim with { ConnectJti = claims.Jti, ConnectExpiresAt = claims.ExpiresAt });
    }

    /// <summary>Whether the claim is answered, once; null when the session could not be reached.</summary>
    public bool TryEndClaim(long now, out SessionLease? lease, out string? failure)
    {
        lease = null;
        failure = null;
        if (_call is not { IsCompleted: true } done || Connection != ConnectionEpoch.None)
            return false;
        _call = null;
        if (!done.IsCompletedSuccessfully)
        {
            failure = done.Exception?.GetBaseException().Message ?? "cancelled";
            return true;
        }

        lease = done.Result;
        if (!lease.Granted)
            return true;
        Learn(lease);
        Connection = lease.Connection;
        _touchedAt = now;
        return true;
    }

    /// <summary>Begins to count: the connection is in its room.</summary>
    public void Start(ulong tick, long now)
    {
        _refreshedTick = tick;
        _refreshedAt = now;
        _touchedAt = now;
    }

    /// <summary>The client has sent something. Noted at most once per second.</summary>
    public void Touch(long now)
    {
        if (now - _touchedAt >= TouchMilliseconds)
            _touchedAt = now;
    }

    /// <summary>Whether the connection may go on; asks nobody.</summary>
    public LeaseState Judge(long now)
    {
        if (_services.Clock.Time.GetUtcNow() >= _end)
            return LeaseState.Expired;
        return now - _touchedAt > IdleSeconds * 1000L ? LeaseState.Idle : LeaseState.Good;
    }

    /// <summary>Takes the answer to a refresh and begins the next when 60 ticks have passed.</summary>
    /// <param name="tick">Newest tick of the room.</param>
    /// <param name="now">The time.</param>
    /// <returns>Why the session ended this connection; null to go on.</returns>
    public CloseReason? Refresh(ulong tick, long now)
    {
        if (_call is { IsCompleted: true } done)
        {
            _call = null;
            if (!done.IsCompletedSuccessfully)
                _ = done.Exception;
            else if (!done.Result.Granted)
                return (CloseReason)done.Result.Refusal;
            else
                Learn(done.Result);
        }

        // A room that was restarted may count from a lower tick.
        var isDue = tick - _refreshedTick >= RefreshTicks || tick < _refreshedTick || now - _refreshedAt >= SilentRefreshMilliseconds;
        if (_call is not null || !isDue)
            return null;
        _refreshedTick = tick;
        _refreshedAt = now;
        _call = _services.Sessions.CheckAsync(Player, Connection, _claim! with { Suspicion = Suspicion.Report() });
        return null;
    }

    /// <summary>Begins to replace the lease by that of a newer token (T-51); false while another renewal runs.</summary>
    public bool TryRenew(string token)
    {
        if (_renewal is not null)
            return false;
        _renewal = RenewAsync(token, Player, Connection);
        return true;
    }

    /// <summary>Whether a renewal is over, once.</summary>
    public bool TryEndRenewal(out LeaseRenewal outcome)
    {
        outcome = null!;
        if (_renewal is not { IsCompleted: true } done)
            return false;
        _renewal = null;
        outcome = done.IsCompletedSuccessfully
            ? done.Result
            : new LeaseRenewal(CloseReason.RoomUnavailable, Label: null, "Sessions cannot be reached; try again.", Lease: null);
        if (!done.IsCompletedSuccessfully)
            _ = done.Exception;
        if (outcome.Lease is { } lease)
            Take(lease);
        _claim = outcome.Claim ?? _claim;
        return true;
    }

    // A renewal reports no suspicion: what a refresh on its way does is not in its answer.
    private void Learn(SessionLease lease)
    {
        Take(lease);
        Suspicion.Learn(lease.Suspicion);
    }

    private void Take(SessionLease lease)
    {
        Role = lease.Role;
        _end = lease.ExpiresAt;
    }

    // Runs on other threads: it touches nothing of this object that changes.
    private async Task<LeaseRenewal> RenewAsync(string token, PlayerId player, ConnectionEpoch connection)
    {
        var verified = await _services.Tokens.VerifyAccessAsync(token).ConfigureAwait(false);
        if (verified.Claims is not { } access)
        {
            var reason = verified.Failure == TokenFailure.Expired ? CloseReason.ExpiredToken : CloseReason.BadToken;
            return new LeaseRenewal(reason, verified.Failure.ToLabel(), $"Refused: {verified.Failure.ToText()}.", Lease: null);
        }

        if (access.Player != player)
            return new LeaseRenewal(CloseReason.BadToken, "wrong_player", "Refused: the token is another player's.", Lease: null);
        var claim = ToClaim(access);
        var lease = await _services.Sessions.RenewAsync(player, connection, claim).ConfigureAwait(false);
        return lease.Granted
            ? new LeaseRenewal(CloseReason.None, Label: null, string.Empty, lease, claim)
            : new LeaseRenewal((CloseReason)lease.Refusal, "session", CloseText.Of((CloseReason)lease.Refusal), Lease: null);
    }

    private SessionClaim ToClaim(AccessClaims access) =>
        new(access.Jti, access.Name, access.Role, access.IssuedAt, access.ExpiresAt, _services.Gateway, _claims!.Room);
}
