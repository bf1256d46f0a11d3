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
        Assert.Equal(first.Connection.Value + 1, second.Connection.Value);
        Assert.True(Check(second.Connection, Now).Granted);
        Assert.Equal((byte)CloseReason.Replaced, Check(first.Connection, Now).Refusal);
    }

    [Fact]
    public void A_session_that_lost_its_memory_takes_the_living_connection_back()
    {
        var lease = SessionRules.Claim(_record, Claim(gateway: 1), Now);
        var forgetful = new SessionRecord();
        var check = SessionRules.Check(forgetful, lease.Connection, Claim(gateway: 1), Now.AddMinutes(1), out var changed);
        Assert.True(check.Granted && changed);
        Assert.Equal(lease.Connection, forgetful.Connection);
        Assert.Equal(("arena", new GatewayId(1), true), (forgetful.Room, forgetful.Gateway, forgetful.Live));
        Assert.True(SessionRules.Check(forgetful, lease.Connection, Claim(), Now.AddMinutes(1), out changed).Granted);
        Assert.False(changed);
    }

    [Fact]
    public void It_takes_back_nobody_whose_token_is_over_or_whose_session_was_revoked()
    {
        var connection = new ConnectionEpoch(uint.MaxValue / 4);
        Assert.Equal((byte)CloseReason.ExpiredToken, SessionRules.Check(_record, connection, Claim() with { ExpiresAt = Now }, Now, out _).Refusal);
        SessionRules.Revoke(_record, Now);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Check(_record, connection, Claim(), Now, out var changed).Refusal);
        Assert.False(changed);
    }

    [Fact]
    public void A_session_that_lost_its_memory_never_gives_a_connection_epoch_again()
    {
        var before = SessionRules.Claim(_record, Claim(), Now);
        var after = SessionRules.Claim(new SessionRecord(), Claim(), Now.AddSeconds(1));
        Assert.True(after.Connection.Value > before.Connection.Value);
        var next = SessionRules.Claim(_record, Claim(), Now.AddYears(-3));
        Assert.Equal(before.Connection.Value + 1, next.Connection.Value);
    }

    [Fact]
    public void A_connect_token_opens_one_connection_whichever_gateway_it_is_shown_to()
    {
        var claim = Claim() with { ConnectJti = "once", ConnectExpiresAt = Now.AddSeconds(30) };
        Assert.True(SessionRules.Claim(_record, claim, Now).Granted);
        var again = SessionRules.Claim(_record, claim with { Gateway = new GatewayId(2) }, Now.AddSeconds(20));
        Assert.Equal((byte)CloseReason.UsedToken, again.Refusal);
        Assert.True(SessionRules.Claim(_record, claim with { ConnectJti = "another" }, Now.AddSeconds(20)).Granted);
    }

    [Fact]
    public void Used_tokens_are_forgotten_when_they_are_over_and_bounded_until_then()
    {
        for (var i = 0; i < SessionRules.MaxUsedTokens; i++)
            Assert.True(SessionRules.Claim(_record, Token(i, Now), Now).Granted);
        Assert.Equal((byte)CloseReason.UsedToken, SessionRules.Claim(_record, Token(1000, Now), Now).Refusal);
        var later = Now.AddSeconds(40);
        Assert.True(SessionRules.Claim(_record, Token(1000, later), later).Granted);
        Assert.Single(_record.UsedTokens);

        static SessionClaim Token(int number, DateTimeOffset now) => Claim() with { ConnectJti = $"{number}", ConnectExpiresAt = now.AddSeconds(30) };
    }

    [Fact]
    public void An_expired_token_is_refused_and_ends_its_lease()
    {
        Assert.Equal((byte)CloseReason.ExpiredToken, SessionRules.Claim(_record, Claim() with { ExpiresAt = Now }, Now).Refusal);
        Assert.Equal(0u, _record.Connection.Value);
        var lease = SessionRules.Claim(_record, Claim(), Now);
        Assert.Equal((byte)CloseReason.ExpiredToken, Check(lease.Connection, lease.ExpiresAt).Refusal);
    }

    [Fact]
    public void A_revoked_session_takes_only_tokens_issued_afterwards()
    {
        var lease = SessionRules.Claim(_record, Claim(), Now);
        SessionRules.Revoke(_record, Now);
        Assert.Equal((byte)CloseReason.Revoked, Check(lease.Connection, Now).Refusal);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Claim(_record, Claim(), Now.AddMinutes(1)).Refusal);
        var fresh = SessionRules.Claim(_record, Claim() with { IssuedAt = Now.AddSeconds(1) }, Now.AddSeconds(1));
        Assert.True(fresh.Granted);
        Assert.True(fresh.Connection.Value > lease.Connection.Value);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Claim(_record, Claim(), Now.AddMinutes(2)).Refusal);
        Assert.True(Check(fresh.Connection, Now.AddMinutes(2)).Granted);
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
        Assert.True(Check(live.Connection, Now.AddHours(4)).Granted);
        Assert.Equal((byte)CloseReason.ExpiredToken, SessionRules.Renew(_record, live.Connection, newer with { ExpiresAt = Now }, Now).Refusal);
        SessionRules.Revoke(_record, Now);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Renew(_record, live.Connection, newer, Now).Refusal);
    }

    private SessionLease Check(ConnectionEpoch connection, DateTimeOffset now) => SessionRules.Check(_record, connection, Claim(), now, out _);

    private static SessionClaim Claim(ulong gateway = 1) =>
        new("jti", "Ada", "player", Now.AddMinutes(-5), Now.AddHours(1), new GatewayId(gateway), "arena");
}
