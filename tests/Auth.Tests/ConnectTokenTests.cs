// Connect tokens: who makes them, who opens them, and with which keys.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;
using CsCheck;

namespace Aetheris.Auth.Tests;

public sealed class ConnectTokenTests : IDisposable
{
    private static readonly GatewayId Here = new(0x1234);
    private readonly TestKeys _keys = new();
    private readonly ConnectKeyRing _ring = new();
    private readonly ConnectKey _first = new(ConnectKey.NewSecret());
    private readonly ConnectTokenSealer _sealer;
    private readonly string _folder = Directory.CreateTempSubdirectory("aetheris-connect").FullName;

    public ConnectTokenTests()
    {
        _ring.Use(_first);
        _sealer = new ConnectTokenSealer(_ring, _keys.Options, _keys.Time);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_token_carries_player_room_gateways_and_keys()
    {
        var access = Access();
        var issued = _sealer.Issue(access, "playground", spectate: true, [new GatewayId(7), Here]);
        var opened = _sealer.Open(issued.Token, Here);
        Assert.True(opened.Succeeded);
        Assert.Equal(access, opened.Claims.Claims.Access);
        Assert.Equal(("playground", true), (opened.Claims.Claims.Room, opened.Claims.Claims.Spectate));
        Assert.Equal(_keys.Time.GetUtcNow().AddSeconds(30), opened.Claims.Claims.ExpiresAt);
        Assert.Equal(issued.ExpiresAt, opened.Claims.Claims.ExpiresAt);
        Assert.True(ConnectToken.TryParse(issued.Token, out var token));
        Assert.Equal(opened.Claims.ClientKey, token!.ClientKey.ToArray());
        Assert.Equal(opened.Claims.GatewayKey, token.GatewayKey.ToArray());
        Assert.NotEqual(opened.Claims.ClientKey, opened.Claims.GatewayKey);
    }

    [Fact]
    public void Two_tokens_of_one_player_share_no_key_and_no_id()
    {
        var access = Access();
        var one = _sealer.Open(_sealer.Issue(access, "r", false, [Here]).Token, Here).Claims!;
        var two = _sealer.Open(_sealer.Issue(access, "r", false, [Here]).Token, Here).Claims!;
        Assert.NotEqual(one.Claims.Jti, two.Claims.Jti);
        Assert.NotEqual(one.ClientKey, two.ClientKey);
        Assert.NotEqual(one.GatewayKey, two.GatewayKey);
    }

    [Fact]
    public void The_longest_fits_the_connect_request_and_the_first_datagram()
    {
        var name = new string('ß', PlayerNameRule.MaxLength);
        var access = _keys.Verifier.VerifyAccess(_keys.Issuer.IssueAccess(_keys.Player, name, PlayerRole.Player).Token).Claims!;
        var issued = _sealer.Issue(access, new string('r', RoomName.MaxLength), true, [.. Enumerable.Range(1, SealedIdentity.MaxGateways).Select(i => new GatewayId((ulong)i))]);
        Assert.InRange(issued.Token.Length, 1, LinkLimits.MaxToken);
        Assert.True(ConnectToken.TryParse(issued.Token, out var token));
        Assert.InRange(token!.SealedPart.Length, 1, SealLimits.MaxSealed);
    }

    [Fact]
    public void It_never_outlives_the_access_token()
    {
        var access = _keys.Verifier.VerifyAccess(_keys.Issuer.IssueAccess(_keys.Player, "Ada", lifetime: TimeSpan.FromSeconds(10)).Token).Claims!;
        Assert.Equal(access.ExpiresAt, _sealer.Issue(access, "r", false, [Here]).ExpiresAt);
    }

    [Fact]
    public void It_ends_within_five_seconds_of_its_expiry()
    {
        var token = _sealer.Issue(Access(), "r", false, [Here]).Token;
        _keys.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.True(_sealer.Open(token, Here).Succeeded);
        _keys.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TokenFailure.Expired, _sealer.Open(token, Here).Failure);
    }

    [Fact]
    public void A_gateway_that_it_does_not_name_refuses_it()
    {
        Assert.Equal(TokenFailure.WrongAudience, _sealer.Open(_sealer.Issue(Access(), "r", false, [Here]).Token, new GatewayId(99)).Failure);
    }

    [Theory]
    [InlineData(null, TokenFailure.Missing)]
    [InlineData("", TokenFailure.Missing)]
    [InlineData("hello", TokenFailure.Malformed)]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", TokenFailure.Malformed)]
    public void What_is_none_is_refused_with_its_reason(string? token, TokenFailure reason) => Assert.Equal(reason, _sealer.Open(token, Here).Failure);

    [Fact]
    public void An_access_token_opens_no_connection()
    {
        Assert.Equal(TokenFailure.Malformed, _sealer.Open(_keys.Access(), Here).Failure);
    }

    [Fact]
    public void Every_flipped_bit_of_the_sealed_part_is_refused()
    {
        Assert.True(ConnectToken.TryParse(_sealer.Issue(Access(), "r", false, [Here]).Token, out var token));
        var part = token!.SealedPart.ToArray();
        for (var bit = 0; bit < part.Length * 8; bit++)
        {
            part[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_sealer.Open(part, Here).Succeeded);
            part[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(_sealer.Open(part, Here).Succeeded);
    }

    [Fact]
    public void Random_bytes_open_nothing_and_throw_nothing()
    {
        Gen.Byte.Array[0, 700].Sample(bytes => Assert.False(_sealer.Open(bytes, Here).Succeeded));
    }

    [Fact]
    public void A_rotation_accepts_the_old_key_for_its_grace_and_then_no_more()
    {
        var old = _sealer.Issue(Access(), "r", false, [Here]).Token;
        using var second = new ConnectKey(ConnectKey.NewSecret());
        _ring.Use(second, _first);
        var newer = _sealer.Issue(Access(), "r", false, [Here]).Token;
        Assert.True(_sealer.Open(old, Here).Succeeded);
        Assert.True(_sealer.Open(newer, Here).Succeeded);
        _ring.Use(second);
        Assert.Equal(TokenFailure.WrongSignature, _sealer.Open(old, Here).Failure);
        Assert.True(_sealer.Open(newer, Here).Succeeded);
    }

    [Fact]
    public void Configured_keys_come_first_and_are_all_read()
    {
        var secrets = Enumerable.Range(0, 2).Select(_ => ConnectKey.NewSecret()).ToArray();
        var options = new AuthOptions { ConnectKey = string.Join(" , ", secrets.Select(Convert.ToBase64String)) };
        Assert.True(ConnectKeySettings.TryLoad(options, File, KeyHome.Configuration, out var loaded, out _));
        Assert.Equal(secrets, loaded);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,x")]
    [InlineData(",")]
    public void A_configured_key_that_is_none_is_named_and_not_shown(string text)
    {
        Assert.False(ConnectKeySettings.TryLoad(new AuthOptions { ConnectKey = text }, file: null, KeyHome.Process, out _, out var error));
        Assert.Contains("Aetheris:Auth:ConnectKey", error, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void In_Development_all_processes_of_a_user_read_one_file()
    {
        Assert.True(ConnectKeySettings.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out var first, out _));
        Assert.True(ConnectKeySettings.TryLoad(new AuthOptions(), File, KeyHome.Store, out var second, out _));
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(KeyHome.Configuration, null, "Aetheris:Auth:ConnectKey")]
    [InlineData(KeyHome.Store, null, "Aetheris:Auth:ConnectKey")]
    [InlineData(KeyHome.Store, "short", "Aetheris:Auth:ClusterSecret")]
    public void Outside_Development_a_missing_key_is_named(KeyHome home, string? secret, string key)
    {
        Assert.False(ConnectKeySettings.TryLoad(new AuthOptions { ClusterSecret = secret }, file: null, home, out _, out var error));
        Assert.StartsWith(key, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_the_whole_cluster_draws_its_own_key()
    {
        Assert.True(ConnectKeySettings.TryLoad(new AuthOptions(), file: null, KeyHome.Process, out var one, out _));
        Assert.True(ConnectKeySettings.TryLoad(new AuthOptions(), file: null, KeyHome.Process, out var two, out _));
        Assert.NotEqual(one[0], two[0]);
    }

    private DevelopmentKeyFile File => new(Path.Combine(_folder, "key"), () => Convert.ToBase64String(ConnectKey.NewSecret()));

    private AccessClaims Access() => _keys.Verifier.VerifyAccess(_keys.Access()).Claims!;
}
