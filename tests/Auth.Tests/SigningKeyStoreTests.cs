// The signing key that a cluster keeps for itself.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;

namespace Aetheris.Auth.Tests;

public sealed class SigningKeyStoreTests
{
    private const string Secret = "a secret of the operators";

    private readonly TestKeys _keys = new();
    private readonly FakeRecords _records = new();

    [Fact]
    public async Task Gateways_that_start_together_and_later_sign_with_one_key()
    {
        var (one, two, three) = (Keys(), Keys(), Keys());
        _records.BeforeReplace = async () =>
        {
            _records.BeforeReplace = null;
            Assert.True(await Store(two).LoadAsync());
        };
        Assert.True(await Store(one).LoadAsync());
        Assert.True(await Store(three).LoadAsync());
        Assert.Equal(1, _records.Writes);
        Assert.Equal(one.KeyId, two.KeyId);
        var token = new TokenIssuer(one, new AuthOptions(), _keys.Time).IssueAccess(_keys.Player, "Ada").Token;
        Assert.True(new TokenVerifier(three, _keys.Time).VerifyAccess(token).Succeeded);
        Assert.False(_keys.Verifier.VerifyAccess(token).Succeeded);
    }

    [Fact]
    public async Task Until_the_key_is_there_nothing_is_signed_and_nothing_verified()
    {
        var keys = Keys();
        var (issuer, verifier) = (new TokenIssuer(keys, new AuthOptions(), _keys.Time), new TokenVerifier(keys, _keys.Time));
        Assert.False(keys.IsReady);
        Assert.Throws<InvalidOperationException>(() => issuer.IssueAccess(_keys.Player, "Ada"));
        Assert.False(verifier.VerifyAccess(_keys.Issuer.IssueAccess(_keys.Player, "Ada").Token).Succeeded);
        Assert.True(await Store(keys).LoadAsync());
        Assert.True(verifier.VerifyAccess(issuer.IssueAccess(_keys.Player, "Ada").Token).Succeeded);
    }

    [Fact]
    public async Task Another_secret_opens_nothing_and_overwrites_nothing()
    {
        Assert.True(await Store(Keys()).LoadAsync());
        var before = _records.Value;
        var stranger = Keys();
        Assert.False(await Store(stranger, "another secret of the operators").LoadAsync());
        Assert.False(stranger.IsReady);
        Assert.Equal(before, _records.Value);
    }

    [Fact]
    public async Task A_record_of_connect_keys_in_its_place_is_no_signing_key()
    {
        var connect = new ConnectKeyStore(new ConnectKeyRing(), _records, new KeyRecordSeal(Secret), _keys.Time);
        Assert.True(await connect.RefreshAsync());
        Assert.False(await Store(Keys()).LoadAsync());
    }

    [Fact]
    public void A_configured_key_is_used_and_a_missing_secret_is_named()
    {
        Assert.True(SigningKeys.TryLoad(new AuthOptions { SigningKey = _keys.Pem, ClusterSecret = Secret }, development: false, KeyHome.Store, out var configured, out _));
        Assert.Equal(_keys.Keys.KeyId, configured.KeyId);
        Assert.False(SigningKeys.TryLoad(new AuthOptions(), development: false, KeyHome.Store, out _, out var error));
        Assert.StartsWith("Aetheris:Auth:SigningKey", error, StringComparison.Ordinal);
        Assert.Contains("Aetheris:Auth:ClusterSecret", error, StringComparison.Ordinal);
        Assert.False(SigningKeys.TryLoad(new AuthOptions { ClusterSecret = "short" }, development: false, KeyHome.Store, out _, out _));
        Assert.False(SigningKeys.TryLoad(new AuthOptions { ClusterSecret = Secret }, development: false, KeyHome.Process, out _, out _));
    }

    private static SigningKeys Keys() => SigningKeys.Load(new AuthOptions { ClusterSecret = Secret }, development: false, KeyHome.Store);

    private SigningKeyStore Store(SigningKeys keys, string secret = Secret) =>
        new(keys, _records, new KeyRecordSeal(secret, SigningKeyStore.Purpose), _keys.Time);
}
