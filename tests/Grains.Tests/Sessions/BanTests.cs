// Who may not play, and whom the server does not trust.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Sessions;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Grains.Tests.Sessions;

public sealed class BanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SessionRecord _record = new();

    [Fact]
    public void A_ban_ends_the_connection_and_refuses_even_tokens_that_come_after_it()
    {
        var lease = SessionRules.Claim(_record, Claim(Now), Now);
        SessionRules.Ban(_record, Ban(until: null), Now);

        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Check(_record, lease.Connection, Claim(Now), Now, out _).Refusal);
        Assert.Equal((byte)CloseReason.Revoked, SessionRules.Claim(_record, Claim(Now.AddYears(1)), Now.AddYears(1)).Refusal);
        Assert.NotNull(SessionRules.Standing(_record, Now.AddYears(1)).Ban);
    }

    [Fact]
    public void A_ban_with_an_end_ends_and_older_tokens_stay_refused()
    {
        SessionRules.Ban(_record, Ban(until: Now.AddHours(1)), Now);

        Assert.False(SessionRules.Claim(_record, Claim(Now.AddMinutes(59)), Now.AddMinutes(59)).Granted);
        Assert.False(SessionRules.Claim(_record, Claim(Now), Now.AddHours(2)).Granted);
        Assert.True(SessionRules.Claim(_record, Claim(Now.AddHours(1)), Now.AddHours(1)).Granted);
        var standing = SessionRules.Standing(_record, Now.AddHours(1));
        Assert.True(standing.Accepts(Now.AddHours(1)));
        Assert.False(standing.Accepts(Now));
    }

    [Fact]
    public void A_lifted_ban_lets_new_tokens_in()
    {
        SessionRules.Ban(_record, Ban(until: null), Now);
        SessionRules.Ban(_record, ban: null, Now.AddMinutes(1));

        Assert.True(SessionRules.Claim(_record, Claim(Now.AddMinutes(2)), Now.AddMinutes(2)).Granted);
    }

    [Fact]
    public void Suspicion_adds_up_over_connections_and_never_falls_below_zero()
    {
        SessionRules.Suspect(_record, 50);
        Assert.Equal(50, SessionRules.Claim(_record, Claim(Now), Now).Suspicion);
        SessionRules.Suspect(_record, -80);
        Assert.Equal(0, _record.Suspicion);
        SessionRules.Suspect(_record, int.MaxValue);
        Assert.Equal(SessionRules.MaxSuspicion, _record.Suspicion);
    }

    private static Ban Ban(DateTimeOffset? until) => new(Make.Player(7), "ramming", Make.Player(1), Now, until);

    private static SessionClaim Claim(DateTimeOffset issued) =>
        new("jti", "Ada", "player", issued, issued.AddDays(400), new GatewayId(5), "arena");
}
