// Good tokens, and every kind of bad one.
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aetheris.Auth;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Identity;

namespace Aetheris.SignIn.Tests.Hosts;

/// <summary>Signs with the server's key, with its previous one, and with a stranger's.</summary>
internal sealed class TestTokens : IDisposable
{
    private readonly ECDsa _own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _previous = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // The library keeps what it signed with: keys live as long as the tests.
    private readonly Dictionary<ECDsa, (AuthOptions Options, SigningKeys Keys)> _loaded = [];

    public string SigningKey => Convert.ToBase64String(_own.ExportPkcs8PrivateKey());

    public string PreviousPublicKey => Convert.ToBase64String(_previous.ExportSubjectPublicKeyInfo());

    /// <summary>Refused everywhere: what the credential is called, and the token; null for none at all.</summary>
    public IEnumerable<(string Kind, string? Token)> Bad()
    {
        var good = Admin();
        yield return ("none", null);
        yield return ("expired", Expired());
        yield return ("another key", Mint(_stranger, PlayerRole.Admin));
        yield return ("alg:none", $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{good.Split('.')[1]}.");
        yield return ("HS256", Hs256(good));
        yield return ("wrong audience", SignRaw(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(good.Split('.')[1])).Replace("\"aud\":\"aetheris\"", "\"aud\":\"aetheris-connect\"", StringComparison.Ordinal)));
        yield return ("garbage", "not.a.token");
    }

    public string Admin(TimeSpan? life = null, PlayerId? player = null) => Mint(_own, PlayerRole.Admin, life, player);

    public string Player(TimeSpan? life = null, PlayerId? player = null) => Mint(_own, PlayerRole.Player, life, player);

    /// <summary>Signed with the key before the last rotation.</summary>
    public string AdminOfPreviousKey() => Mint(_previous, PlayerRole.Admin);

    public void Dispose()
    {
        foreach (var (_, keys) in _loaded.Values)
            keys.Dispose();
        _own.Dispose();
        _previous.Dispose();
        _stranger.Dispose();
    }

    private string Mint(ECDsa key, string role, TimeSpan? life = null, PlayerId? player = null, TimeProvider? time = null)
    {
        if (!_loaded.TryGetValue(key, out var loaded))
        {
            var options = new AuthOptions { SigningKey = Convert.ToBase64String(key.ExportPkcs8PrivateKey()) };
            _loaded.Add(key, loaded = (options, SigningKeys.Load(options, development: false)));
        }

        return new TokenIssuer(loaded.Keys, loaded.Options, time ?? TimeProvider.System).IssueAccess(player ?? TokenIssuer.NewPlayer(), "tester", role, life).Token;
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private string Expired() => Mint(_own, PlayerRole.Admin, TimeSpan.FromMinutes(5), time: new Past());

    // The public key as the secret: what a verifier would use that takes the algorithm from the token.
    private string Hs256(string good)
    {
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{good.Split('.')[1]}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_own.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed)))}";
    }

    private string SignRaw(string payload)
    {
        var header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Admin().Split('.')[0]));
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(_own.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromHours(1);
    }
}
