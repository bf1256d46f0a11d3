// Tokens: what is accepted, and why the rest is refused.
using System.Text.Json.Nodes;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Link;
using CsCheck;

namespace Aetheris.Auth.Tests;

public sealed class TokenTests
{
    private readonly TestKeys _keys = new();

    [Fact]
    public void An_access_token_says_what_was_put_in()
    {
        var issued = _keys.Issuer.IssueAccess(_keys.Player, "Adä 🚀", PlayerRole.Admin, TimeSpan.FromMinutes(3));

        var result = _keys.Verifier.VerifyAccess(issued.Token);

        Assert.Equal(TokenFailure.None, result.Failure);
        Assert.Equal(_keys.Player, result.Claims!.Player);
        Assert.Equal("Adä 🚀", result.Claims.Name);
        Assert.Equal(PlayerRole.Admin, result.Claims.Role);
        Assert.Equal(_keys.Time.GetUtcNow(), result.Claims.IssuedAt);
        Assert.Equal(_keys.Time.GetUtcNow().AddMinutes(3), result.Claims.ExpiresAt);
        Assert.Equal(issued.ExpiresAt, result.Claims.ExpiresAt);
        Assert.Equal(26, result.Claims.Jti.Length);
    }

    [Fact]
    public void Tokens_carry_exactly_the_claims_of_the_contract()
    {
        var token = _keys.Access();

        Assert.Equal("ES256", (string?)Jwt.Header(token)["alg"]);
        Assert.Equal(_keys.Keys.KeyId, (string?)Jwt.Header(token)["kid"]);
        Assert.Equal(
            ["aud", "exp", "iat", "iss", "jti", "name", "role", "sub"],
            Jwt.Payload(token).Select(claim => claim.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null, TokenFailure.Missing)]
    [InlineData("", TokenFailure.Missing)]
    [InlineData("  ", TokenFailure.Missing)]
    [InlineData("hello", TokenFailure.Malformed)]
    [InlineData("a.b.c", TokenFailure.Malformed)]
    [InlineData("....", TokenFailure.Malformed)]
    [InlineData("e30.e30.", TokenFailure.WrongSignature)]
    public void What_is_no_token_is_refused_with_its_reason(string? token, TokenFailure reason)
    {
        Assert.Equal(reason, _keys.Verifier.VerifyAccess(token).Failure);
    }

    [Fact]
    public void A_token_ends_within_five_seconds_of_its_expiry()
    {
        var token = _keys.Issuer.IssueAccess(_keys.Player, "Ada", lifetime: TimeSpan.FromMinutes(1)).Token;
        _keys.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(_keys.Verifier.VerifyAccess(token).Succeeded);

        _keys.Time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(TokenFailure.Expired, _keys.Verifier.VerifyAccess(token).Failure);
    }

    [Fact]
    public void A_token_from_the_future_is_refused()
    {
        var token = _keys.Access();
        var earlier = new TokenVerifier(_keys.Keys, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(_keys.Time.GetUtcNow().AddMinutes(-1)));

        Assert.Equal(TokenFailure.NotYetValid, earlier.VerifyAccess(token).Failure);
    }

    [Fact]
    public void A_token_signed_with_another_key_is_refused()
    {
        Assert.Equal(TokenFailure.WrongSignature, _keys.Verifier.VerifyAccess(new TestKeys().Access()).Failure);
    }

    [Fact]
    public void Unsigned_and_symmetric_tokens_are_refused()
    {
        var token = _keys.Access(PlayerRole.Admin);

        Assert.Equal(TokenFailure.WrongSignature, _keys.Verifier.VerifyAccess(Jwt.Unsigned(token)).Failure);
        Assert.Equal(TokenFailure.WrongSignature, _keys.Verifier.VerifyAccess(Jwt.Hs256(token, _keys.PublicPem)).Failure);
        Assert.Equal(TokenFailure.WrongSignature, _keys.Verifier.VerifyAccess(_keys.SignRaw(Jwt.Payload(token).ToJsonString(), """{"alg":"ES384","typ":"JWT"}""")).Failure);
    }

    [Theory]
    [InlineData("iss", "\"somebody\"", TokenFailure.WrongIssuer)]
    [InlineData("iss", null, TokenFailure.WrongIssuer)]
    [InlineData("aud", "[\"other\"]", TokenFailure.WrongAudience)]
    [InlineData("aud", "[\"other\",\"aetheris\"]", TokenFailure.WrongAudience)]
    [InlineData("aud", "7", TokenFailure.Malformed)]
    [InlineData("aud", null, TokenFailure.WrongAudience)]
    [InlineData("exp", null, TokenFailure.Malformed)]
    [InlineData("exp", "\"soon\"", TokenFailure.Malformed)]
    [InlineData("exp", "1e300", TokenFailure.Malformed)]
    [InlineData("exp", "-5", TokenFailure.Malformed)]
    [InlineData("exp", "5", TokenFailure.Expired)]
    [InlineData("sub", "\"somebody\"", TokenFailure.Malformed)]
    [InlineData("sub", "{}", TokenFailure.Malformed)]
    [InlineData("role", "\"emperor\"", TokenFailure.Malformed)]
    [InlineData("role", "[\"admin\"]", TokenFailure.Malformed)]
    [InlineData("name", "\"\"", TokenFailure.Malformed)]
    [InlineData("name", "\"a\\nb\"", TokenFailure.Malformed)]
    [InlineData("jti", null, TokenFailure.Malformed)]
    public void Right_signature_with_wrong_claims_is_refused(string claim, string? value, TokenFailure reason)
    {
        var payload = Jwt.Payload(_keys.Access());
        payload.Remove(claim);
        if (value is not null)
            payload[claim] = JsonNode.Parse(value);

        Assert.Equal(reason, _keys.Verifier.VerifyAccess(_keys.SignRaw(payload.ToJsonString())).Failure);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("{\"exp\":{\"exp\":[[[[]]]]}}")]
    public void Right_signature_over_nonsense_is_refused(string payload)
    {
        Assert.False(_keys.Verifier.VerifyAccess(_keys.SignRaw(payload)).Succeeded);
    }

    [Fact]
    public void Mutated_and_random_tokens_are_refused_without_an_exception()
    {
        var token = _keys.Access();
        var mutation = Gen.Select(Gen.Int[0, token.Length - 1], Gen.Char[' ', '~'], Gen.Int[0, 3]);

        mutation.Sample(
            (at, letter, way) =>
            {
                var mutated = way switch
                {
                    0 => token[..at],
                    1 => token.Insert(at, letter.ToString()),
                    2 => token.Remove(at, 1),
                    _ => token[..at] + letter + token[(at + 1)..],
                };
                if (!SameBytes(mutated, token))
                    Assert.False(_keys.Verifier.VerifyAccess(mutated).Succeeded, mutated);
            },
            iter: 2_000);
        Gen.String[0, 3_000].Sample(text => { Assert.False(_keys.Verifier.VerifyAccess(text).Succeeded); }, iter: 500);
    }

    [Fact]
    public void Printing_an_issued_token_does_not_show_it()
    {
        var issued = _keys.Issuer.IssueAccess(_keys.Player, "Ada");

        Assert.DoesNotContain(issued.Token, issued.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\u0007b")]
    [InlineData("123456789012345678901234567890123")]
    public void No_token_is_issued_for_a_name_that_is_no_name(string name)
    {
        Assert.Throws<ArgumentException>(() => _keys.Issuer.IssueAccess(_keys.Player, name));
    }

    [Fact]
    public void A_connect_token_is_used_once()
    {
        var used = new UsedTokens(_keys.Time, capacity: 2);
        var end = _keys.Time.GetUtcNow().AddSeconds(30);

        Assert.True(used.TryUse("a", end));
        Assert.False(used.TryUse("a", end));
        Assert.True(used.TryUse("b", end));
        Assert.False(used.TryUse("c", end));

        _keys.Time.Advance(TimeSpan.FromSeconds(41));
        Assert.True(used.TryUse("c", end.AddSeconds(41)));
    }

    // The last letter of a base64url part may differ in bits that no byte keeps.
    private static bool SameBytes(string left, string right)
    {
        var a = left.Split('.');
        var b = right.Split('.');
        return a.Length == b.Length && a.Zip(b).All(pair =>
        {
            try
            {
                return Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(pair.First)
                    .AsSpan().SequenceEqual(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(pair.Second));
            }
            catch (FormatException)
            {
                return false;
            }
        });
    }
}
