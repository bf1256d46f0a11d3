// The text form of refresh tokens, and ids of players who come from elsewhere.
using Aetheris.Auth.Tokens;

namespace Aetheris.Auth.Tests;

public sealed class RefreshTokenTests
{
    [Fact]
    public void A_token_reads_back_with_its_family_and_hash_and_its_successor_is_of_the_same_family()
    {
        var token = RefreshToken.Create();

        Assert.True(RefreshToken.TryParse(token.Text, out var read));
        Assert.Equal((token.Family, Convert.ToHexString(token.Hash)), (read.Family, Convert.ToHexString(read.Hash)));
        var next = token.Next();
        Assert.Equal(token.Family, next.Family);
        Assert.NotEqual(token.Hash, next.Hash);
        Assert.DoesNotContain(token.Text[27..], token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_else_is_no_token()
    {
        var text = RefreshToken.Create().Text;
        foreach (var bad in (string?[])[null, "", "x", text[1..], text + "x", text.Replace('.', ','), new string('.', text.Length), text[..27] + new string('*', 43), new string('0', 26) + text[26..]])
            Assert.False(RefreshToken.TryParse(bad, out _), bad);
    }

    [Fact]
    public void The_player_of_an_address_is_the_original_s()
    {
        // First 16 bytes of SHA-256("aetheris:email:ada@example.org").
        Assert.Equal(ExternalIdentity.PlayerOf("email", "ada@example.org"), ExternalIdentity.PlayerOf("email", "ada@example.org"));
        Assert.NotEqual(ExternalIdentity.PlayerOf("email", "ada@example.org"), ExternalIdentity.PlayerOf("google", "ada@example.org"));
        var expected = System.Security.Cryptography.SHA256.HashData("aetheris:email:ada@example.org"u8).AsSpan(0, 16);
        Assert.Equal(Protocol.Identity.PlayerId.FromBytes(expected), ExternalIdentity.PlayerOf("email", "ada@example.org"));
    }
}
