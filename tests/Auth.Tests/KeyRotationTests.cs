// Several keys at once: a rotation ends no token before its time.
using System.Security.Cryptography;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;

namespace Aetheris.Auth.Tests;

public sealed class KeyRotationTests
{
    private readonly TestKeys _old = new();
    private readonly TestKeys _new = new();

    [Fact]
    public void Tokens_of_the_previous_and_the_next_key_are_accepted_and_a_stranger_s_are_not()
    {
        var verifier = new TokenVerifier(With(_new.PublicPem + ";" + _old.PublicPem), _old.Time);

        Assert.True(verifier.VerifyAccess(_old.Access()).Succeeded);
        Assert.True(verifier.VerifyAccess(_new.Access()).Succeeded);
        Assert.Equal(TokenFailure.WrongSignature, verifier.VerifyAccess(new TestKeys().Access()).Failure);
    }

    [Fact]
    public void The_key_that_signs_comes_first_and_every_key_once()
    {
        var keys = With(_old.PublicPem + ";" + _new.PublicPem + ";" + _new.Pem);

        Assert.Equal([_old.Keys.KeyId, _new.Keys.KeyId], keys.PublicKeys.Select(key => key.KeyId));
    }

    [Fact]
    public void A_token_without_the_name_of_a_key_or_with_the_name_of_another_is_refused()
    {
        var payload = Jwt.Payload(_old.Access()).ToJsonString();
        var verifier = new TokenVerifier(With(_new.PublicPem), _old.Time);

        Assert.True(verifier.VerifyAccess(_old.SignRaw(payload)).Succeeded);
        Assert.Equal(TokenFailure.WrongSignature, verifier.VerifyAccess(_old.SignRaw(payload, """{"alg":"ES256","typ":"JWT"}""")).Failure);
        Assert.Equal(
            TokenFailure.WrongSignature, verifier.VerifyAccess(_old.SignRaw(payload, $$"""{"alg":"ES256","typ":"JWT","kid":"{{_new.Keys.KeyId}}"}""")).Failure);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAA;AAAA")]
    public void Verification_keys_that_are_none_are_refused_by_name_and_not_shown(string text)
    {
        var options = new AuthOptions { SigningKey = _old.Pem, VerificationKeys = text };

        Assert.False(SigningKeys.TryLoad(options, development: false, KeyHome.Configuration, out _, out var error));
        Assert.Contains("Aetheris:Auth:VerificationKeys", error, StringComparison.Ordinal);
        Assert.DoesNotContain(text, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var options = new AuthOptions { SigningKey = _old.Pem, VerificationKeys = other.ExportSubjectPublicKeyInfoPem() };

        Assert.False(SigningKeys.TryLoad(options, development: false, KeyHome.Configuration, out _, out _));
    }

    [Fact]
    public void Derived_secrets_differ_by_purpose_and_key_and_by_nothing_else()
    {
        Assert.Equal(_old.Keys.DeriveSecret("a"), With(string.Empty).DeriveSecret("a"));
        Assert.NotEqual(_old.Keys.DeriveSecret("a"), _old.Keys.DeriveSecret("b"));
        Assert.NotEqual(_old.Keys.DeriveSecret("a"), _new.Keys.DeriveSecret("a"));
    }

    [Fact]
    public void A_digest_tells_kinds_apart_and_shows_nothing()
    {
        var digest = new IdentityDigest(_old.Keys);

        Assert.Equal(digest.Of("email", "ada@example.org"), new IdentityDigest(With(string.Empty)).Of("email", "ada@example.org"));
        Assert.NotEqual(digest.Of("email", "x"), digest.Of("address", "x"));
        Assert.Matches("^[0-9a-f]{32}$", digest.Of("email", "ada@example.org"));
    }

    private SigningKeys With(string verificationKeys) =>
        SigningKeys.Load(new AuthOptions { SigningKey = _old.Pem, VerificationKeys = verificationKeys }, development: false);
}
