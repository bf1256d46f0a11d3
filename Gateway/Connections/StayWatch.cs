// Whether a connection that is in its room may go on.
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>The lease, renewals of its token, suspicion, silence, and players who do nothing.</summary>
/// <param name="services">What all connections share.</param>
/// <param name="lease">The connection's lease.</param>
/// <param name="control">Tells the outcome of renewals.</param>
internal sealed class StayWatch(ConnectionServices services, LeaseKeeper lease, ControlSender control)
{
    private const int IdleMilliseconds = 10_000;
    private const int MaxAuthFailures = 3;

    private long _joinedAt;
    private long _actedAt;
    private int _authFailures;

    /// <summary>When the client was heard last, in milliseconds.</summary>
    public long HeardAt { get; private set; }

    /// <summary>Seconds in the room.</summary>
    public int Seconds => (int)((services.Clock.Now - _joinedAt) / 1000);

    /// <summary>Seconds since the player did something.</summary>
    public int IdleSeconds => (int)((services.Clock.Now - _actedAt) / 1000);

    /// <summary>The client sent something, in any stage.</summary>
    public void Hear(long now) => HeardAt = now;

    /// <summary>The player did something.</summary>
    public void Acted() => _actedAt = HeardAt;

    /// <summary>The room has let it in.</summary>
    public void Start(ulong tick, long now)
    {
        HeardAt = now;
        _joinedAt = now;
        _actedAt = now;
        lease.Start(tick, now);
    }

    /// <summary>Whether the lease is over; asks nobody.</summary>
    public Ending? Judge(long now) => lease.Judge(now) switch
    {
        LeaseState.Expired => new Ending(CloseReason.ExpiredToken),
        LeaseState.Idle => new Ending(CloseReason.Idle),
        _ => null,
    };

    /// <summary>Everything that is looked at from time to time.</summary>
    /// <param name="tick">Newest tick of the room.</param>
    /// <param name="spectates">Who watches need not act.</param>
    /// <param name="silentMilliseconds">How long the transport has heard nothing at all.</param>
    /// <param name="now">Milliseconds.</param>
    public Ending? Step(ulong tick, bool spectates, long silentMilliseconds, long now)
    {
        if (lease.TryEndRenewal(out var renewal) && OnRenewed(renewal) is { } refused)
            return refused;
        if (Judge(now) is { } over)
            return over;
        if (lease.Refresh(tick, now) is { } reason)
            return new Ending(reason);
        if (lease.Suspicion.Score >= SuspicionLevel.Kick)
            return new Ending(CloseReason.Violation, "The server saw too much that no honest client does.");
        if (services.Options.AfkSeconds is > 0 and var afk && !spectates && now - _actedAt >= afk * 1000L)
            return new Ending(CloseReason.Idle, "You did nothing for too long; connect again.");
        return now - HeardAt >= IdleMilliseconds && silentMilliseconds >= IdleMilliseconds ? new Ending(CloseReason.Timeout) : null;
    }

    private Ending? OnRenewed(LeaseRenewal renewal)
    {
        control.AuthResult(renewal);
        if (renewal.Label is null)
            return null;
        services.Metrics.AuthFailures.Add(renewal.Label);
        return ++_authFailures >= MaxAuthFailures ? new Ending(renewal.Reason, "Too many tokens were refused; sign in again.") : null;
    }
}
