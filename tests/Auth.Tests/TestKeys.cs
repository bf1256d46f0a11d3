// Keys and clocks for token tests.
using System.Security.Cryptography;
using Aetheris.Auth;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Auth.Tests;

/// <summary>One issuer and one verifier with the same new key and the same clock.</summary>
internal sealed class TestKeys
{
    public TestKeys()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Pem = ecdsa.ExportPkcs8PrivateKeyPem();
        PublicPem = ecdsa.ExportSubjectPublicKeyInfoPem();
        Options = new AuthOptions { SigningKey = Pem };
        Keys = SigningKeys.Load(Options, development: false);
        Issuer = new TokenIssuer(Keys, Options, Time);
        Verifier = new TokenVerifier(Keys, Time);
    }

    public string Pem { get; }

    public string PublicPem { get; }

    public AuthOptions Options { get; }

    public SigningKeys Keys { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public TokenIssuer Issuer { get; }

    public TokenVerifier Verifier { get; }

    public PlayerId Player { get; } = TokenIssuer.NewPlayer();

    public string Access(string role = PlayerRole.Player) => Issuer.IssueAccess(Player, "Ada", role).Token;

    /// <summary>A token with any payload, signed with the right key.</summary>
    public string SignRaw(string payload, string? header = null)
    {
        header ??= $$"""{"alg":"ES256","typ":"JWT","kid":"{{Keys.KeyId}}"}""";
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(Pem);
        var signed = $"{Jwt.Encode(header)}.{Jwt.Encode(payload)}";
        return $"{signed}.{Jwt.Encode(ecdsa.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }
}
