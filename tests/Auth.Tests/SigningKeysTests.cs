// Where the signing key comes from.
using System.Security.Cryptography;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;

namespace Aetheris.Auth.Tests;

public sealed class SigningKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aetheris-auth-").FullName;

    private DevelopmentKeyFile File => new(Path.Combine(_folder, "new", "key.pem"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pem_and_base64_of_one_key_are_the_same_key()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var pem = SigningKeys.Load(new AuthOptions { SigningKey = ecdsa.ExportPkcs8PrivateKeyPem() }, development: false);
        using var sec1 = SigningKeys.Load(new AuthOptions { SigningKey = ecdsa.ExportECPrivateKeyPem() }, development: false);
        using var bare = SigningKeys.Load(new AuthOptions { SigningKey = Convert.ToBase64String(ecdsa.ExportECPrivateKey()) }, development: false);
        using var base64 = SigningKeys.Load(new AuthOptions { SigningKey = Convert.ToBase64String(ecdsa.ExportPkcs8PrivateKey()) }, development: false);

        Assert.Equal(pem.KeyId, sec1.KeyId);
        Assert.Equal(pem.KeyId, bare.KeyId);
        Assert.Equal(pem.KeyId, base64.KeyId);
        Assert.Equal(43, pem.KeyId.Length);
    }

    [Fact]
    public void Outside_Development_a_missing_key_is_an_error_that_names_the_setting()
    {
        Assert.False(SigningKeys.TryLoad(new AuthOptions(), development: false, KeyHome.Configuration, out _, out var error));
        Assert.Contains("Aetheris:Auth:SigningKey", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_none_is_refused_without_being_shown()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] bad =
        [
            "hunter2", Convert.ToBase64String([1, 2, 3]), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            ecdsa.ExportSubjectPublicKeyInfoPem(), other.ExportPkcs8PrivateKeyPem(),
        ];

        foreach (var text in bad)
        {
            Assert.False(SigningKeys.TryLoad(new AuthOptions { SigningKey = text }, development: true, KeyHome.Configuration, out _, out var error));
            Assert.Contains("Aetheris:Auth:SigningKey", error, StringComparison.Ordinal);
            Assert.DoesNotContain(text, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_Development_key_is_made_once_and_is_for_its_owner_only()
    {
        Assert.True(SigningKeys.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out var first, out _));
        Assert.True(SigningKeys.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out var second, out _));

        Assert.Equal(first.KeyId, second.KeyId);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File.Path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File.Path)!));
    }

    [Fact]
    public void Racing_starts_end_with_one_key()
    {
        var ids = new string[16];

        Parallel.For(0, ids.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            Assert.True(SigningKeys.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out var keys, out var error), error);
            ids[i] = keys.KeyId;
        });

        Assert.Single(ids.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_Development_key_that_others_may_read_is_refused()
    {
        Assert.True(SigningKeys.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out _, out _));
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.False(SigningKeys.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out _, out var error));
            Assert.Contains("0600", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_Development_key_is_named_and_not_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File.Path)!);
        System.IO.File.WriteAllText(File.Path, "damaged");
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(File.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.False(SigningKeys.TryLoad(new AuthOptions(), File, KeyHome.Configuration, out _, out var error));
        Assert.Contains(File.Path, error, StringComparison.Ordinal);
        Assert.Equal("damaged", System.IO.File.ReadAllText(File.Path));
    }

    [Fact]
    public void New_players_differ()
    {
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => TokenIssuer.NewPlayer()).Distinct().Count());
    }
}
