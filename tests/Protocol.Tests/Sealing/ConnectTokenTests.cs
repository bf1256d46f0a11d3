// The connect token as a string.
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;
using CsCheck;

namespace Aetheris.Protocol.Tests.Sealing;

public sealed class ConnectTokenTests
{
    private static readonly Gen<ConnectToken> Tokens = Gen.Select(Gen.Long, Gen.Byte.Array[32], Gen.Byte.Array[32], Gen.Byte.Array[1, SealLimits.MaxSealed])
        .Select((end, client, gateway, part) => new ConnectToken(end, client, gateway, part));

    [Fact]
    public void A_token_survives_its_string()
    {
        Tokens.Sample(token =>
        {
            Assert.True(ConnectToken.TryParse(token.Encode(), out var read));
            Assert.Equal(token.ExpiresAt, read!.ExpiresAt);
            Assert.Equal(token.ClientKey.ToArray(), read.ClientKey.ToArray());
            Assert.Equal(token.GatewayKey.ToArray(), read.GatewayKey.ToArray());
            Assert.Equal(token.SealedPart.ToArray(), read.SealedPart.ToArray());
        });
    }

    [Fact]
    public void The_longest_fits_a_connect_request()
    {
        Assert.InRange(new ConnectToken(0, new byte[32], new byte[32], new byte[SealLimits.MaxSealed]).Encode().Length, 1, LinkLimits.MaxToken);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("AAAA=AAA")]
    [InlineData("a.b.c")]
    public void Other_text_is_refused(string? text) => Assert.False(ConnectToken.TryParse(text, out _));

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception()
    {
        Gen.OneOf(Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 1000]).Sample(text =>
        {
            _ = ConnectToken.TryParse(text, out _);
        });
        Assert.False(ConnectToken.TryParse(new string('A', LinkLimits.MaxToken + 1), out _));
    }
}
