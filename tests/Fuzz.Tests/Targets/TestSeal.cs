// Keys and tokens that are the same in every run, so that seeds stay good.
using Aetheris.Auth;
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Fuzz.Tests.Targets;

internal static class TestSeal
{
    public static readonly GatewayId Here = new(99);

    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static ConnectTokenSealer Create()
    {
        var ring = new ConnectKeyRing();
        ring.Use(new ConnectKey(Secret));
        return new ConnectTokenSealer(ring, new AuthOptions(), new FakeTimeProvider(new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero)));
    }

    public static ConnectToken Token(ConnectTokenSealer sealer)
    {
        var now = new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var access = new AccessClaims(new PlayerId(1, 2), TokenIssuer.NewPlayer().ToString(), PlayerRole.Player, "Ada", now, now.AddHours(1));
        return ConnectToken.TryParse(sealer.Issue(access, "playground", spectate: false, [Here]).Token, out var token)
            ? token!
            : throw new InvalidOperationException("a token that was just made is none");
    }
}
