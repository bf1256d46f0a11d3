// The way of a connection from its connect request to its room's door: who it is, and whether the session lets it in.
using System.Diagnostics;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Two answers, each with a deadline: the token's verification, then the claim of the session. Both are polled.</summary>
internal sealed class Admission
{
    private const int HandshakeMilliseconds = 5000;
    private const int JoinMilliseconds = 5000;

    private readonly ConnectionServices _services;
    private readonly LeaseKeeper _lease;
    private readonly long _openedAt;
    private Activity? _span = Spans.Begin("aetheris.join");
    private long _deadline;

    /// <summary>Begins to count.</summary>
    public Admission(ConnectionServices services, LeaseKeeper lease, long now)
    {
        _services = services;
        _lease = lease;
        _openedAt = now;
        _deadline = now + HandshakeMilliseconds;
        Request = new ConnectHandshake(services.Tokens);
    }

    /// <summary>What the client asked for.</summary>
    public ConnectHandshake Request { get; }

    /// <summary>What its token says; null before it was verified.</summary>
    public ConnectClaims? Claims { get; private set; }

    /// <summary>Whether the token is judged.</summary>
    /// <param name="now">Milliseconds.</param>
    /// <param name="refusal">Null when it is good; the session is being asked then.</param>
    public bool TryVerify(long now, out Refusal? refusal)
    {
        if (!Request.TryEnd(out var claims, out refusal))
        {
            if (now >= _deadline)
                refusal = new Refusal(CloseReason.Timeout, "timeout");
            return refusal is not null;
        }

        Claims = claims;
        if (refusal is not null)
            return true;
        _deadline = now + JoinMilliseconds;
        using (Spans.Enter(_span))
            _lease.Claim(claims!);
        return true;
    }

    /// <summary>Whether the session has decided; also true when the time for everything up to the room's welcome is over.</summary>
    /// <param name="now">Milliseconds.</param>
    /// <param name="refusal">Null when the room may be entered.</param>
    public bool TryClaim(long now, out Refusal? refusal)
    {
        refusal = null;
        if (!_lease.TryEndClaim(now, out var lease, out var failure))
        {
            if (now >= _deadline)
                refusal = new Refusal(CloseReason.RoomUnavailable, Label: null, "The room did not answer in time; try again.");
            return refusal is not null;
        }

        if (lease is null)
        {
            EdgeLog.SessionCallFailed(_services.Logger, failure ?? string.Empty);
            refusal = new Refusal(CloseReason.RoomUnavailable, Label: null, "Sessions cannot be reached; try again.");
        }
        else if (!lease.Granted)
        {
            refusal = new Refusal((CloseReason)lease.Refusal, "session");
        }

        return true;
    }

    /// <summary>The room has let it in.</summary>
    public void Succeed(string room, long now)
    {
        _services.Metrics.SessionStart.Record((now - _openedAt) / 1000.0);
        _span?.SetTag("aetheris.room", room);
        Spans.End(_span);
        _span = null;
    }

    /// <summary>The connection is over, wherever it was; after a success this does nothing.</summary>
    public void Fail(CloseReason reason)
    {
        Spans.End(_span, reason.ToString());
        _span = null;
    }
}
