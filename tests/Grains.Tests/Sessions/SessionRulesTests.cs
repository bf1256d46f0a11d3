// Who is live.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Sessions;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Grains.Tests.Sessions;

public sealed class SessionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SessionRecord _record = new();

    [Fact]
    public void The_newer_claim_wins_and_the_older_connection_is_told_so()
    {
        var first = SessionRules.Claim(_record, Claim(gateway: 1), Now);
        var second = SessionRules.Claim(_record, Claim(gateway: 2), Now);
        Assert.True(first.Granted && second.Granted);
        Assert.Equal(1u, first.Connection.Value);
        Assert.Equal(2u, second.Connection.Value);
        Assert.True(SessionRules.Check(_record, second.Connection, Now).Granted);
        Assert.Equal((byte)CloseReason.Replaced, SessionRules.Check(_record, first.Connection, Now).Refusal);
    }

    [Fact]
    public void A_connection_that_a_restarted_session_does_not_know_is_sent_to_match_again_not_told_that_it_was_replaced()
    {
        SessionRules.Claim(_record, Claim(gateway: 1), Now);
        var forgotten = new ConnectionEpoch(7);
        Assert.Equal((byte)CloseReason.RoomUnavailable, SessionRules.Check(_record, forgotten, Now).Refusal);
        Assert.Equal((byte)CloseReason.RoomUnavailable, SessionRules.Check(new SessionRecord(), forgotten, Now).Refusal);
    }

    [Fact]
    public void An_expired_token_is_refused_and_ends_its_lease()
    {
        Assert.Equal((byte)CloseReason.ExpiredToken, SessionRules.Claim(_record, Claim() with { ExpiresAt = Now }, Now).Refusal);
        Assert.Equal(0u, _record.Connection.Value);
        var lease = SessionRules.Claim(_record, Claim(), Now);
        Assert.Equal((byte)CloseReason.ExpiredToken, SessionRules.Check(_record, lease.Connection, lease.ExpiresAt).Refusal);
    }

    [Fact]
    public void A_revoked_session_takes_only_tokens_issued_afterwards()
    {
        var lease = SessionRules.Claim(_record, Claim(), Now);
        SessionRules.Revoke(_record, Now);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Check(_record, lease.Connection, Now).Refusal);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Claim(_record, Claim(), Now.AddMinutes(1)).Refusal);
        var fresh = SessionRules.Claim(_record, Claim() with { IssuedAt = Now.AddSeconds(1) }, Now.AddSeconds(1));
        Assert.True(fresh.Granted);
        Assert.Equal(2u, fresh.Connection.Value);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Claim(_record, Claim(), Now.AddMinutes(2)).Refusal);
        Assert.True(SessionRules.Check(_record, fresh.Connection, Now.AddMinutes(2)).Granted);
    }

    [Fact]
    public void Only_news_of_the_current_room_and_its_newest_epoch_counts()
    {
        SessionRules.Claim(_record, Claim(), Now);
        Assert.True(SessionRules.Report(_record, "arena", 2, new NetworkId(9), hasPlace: true));
        Assert.False(SessionRules.Report(_record, "arena", 2, new NetworkId(9), hasPlace: true));
        Assert.False(SessionRules.Report(_record, "arena", 1, new NetworkId(5), hasPlace: true));
        Assert.False(SessionRules.Report(_record, "elsewhere", 7, new NetworkId(5), hasPlace: true));
        Assert.Equal(9UL, _record.Ship.Value);
        Assert.True(SessionRules.Report(_record, "arena", 2, NetworkId.None, hasPlace: true));
        Assert.True(_record.HasPlace);
        Assert.True(SessionRules.Report(_record, "arena", 2, NetworkId.None, hasPlace: false));
        Assert.True(SessionRules.Report(_record, "arena", 2, new NetworkId(10), hasPlace: true));
        SessionRules.Claim(_record, Claim() with { Room = "elsewhere" }, Now);
        Assert.Equal((NetworkId.None, false), (_record.Ship, _record.HasPlace));
        Assert.True(SessionRules.Report(_record, "elsewhere", 1, new NetworkId(4), hasPlace: true));
    }

    [Fact]
    public void A_newer_token_renews_the_live_connection_s_lease_and_no_other()
    {
        var old = SessionRules.Claim(_record, Claim(), Now);
        var live = SessionRules.Claim(_record, Claim(), Now);
        var newer = Claim() with { Jti = "newer", Role = "admin", ExpiresAt = Now.AddHours(5) };
        Assert.Equal((byte)CloseReason.Replaced, SessionRules.Renew(_record, old.Connection, newer, Now).Refusal);
        var renewed = SessionRules.Renew(_record, live.Connection, newer, Now);
        Assert.Equal((true, live.Connection, "admin", Now.AddHours(5)), (renewed.Granted, renewed.Connection, renewed.Role, renewed.ExpiresAt));
        Assert.Equal("newer", _record.Jti);
        Assert.True(SessionRules.Check(_record, live.Connection, Now.AddHours(4)).Granted);
        Assert.Equal((byte)CloseReason.ExpiredToken, SessionRules.Renew(_record, live.Connection, newer with { ExpiresAt = Now }, Now).Refusal);
        SessionRules.Revoke(_record, Now);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Renew(_record, live.Connection, newer, Now).Refusal);
    }

    private static SessionClaim Claim(ulong gateway = 1) =>
        new("jti", "Ada", "player", Now.AddMinutes(-5), Now.AddHours(1), new GatewayId(gateway), "arena");
}
