// Texts of ids and names.
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Protocol.Tests.Identity;

public sealed class IdentityTests
{
    [Fact]
    public void A_player_id_reads_back_from_its_text_in_either_case() => Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
    {
        var id = new PlayerId(high, low);
        return PlayerId.TryParse(id.ToString(), out var upper) && upper == id
            && PlayerId.TryParse(id.ToString().ToLowerInvariant(), out var lower) && lower == id;
    });

    [Fact]
    public void Texts_of_player_ids_sort_like_the_ids() => Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.ULong).Sample((a, b, c, d) =>
        Math.Sign(string.CompareOrdinal(new PlayerId(a, b).ToString(), new PlayerId(c, d).ToString())) == new PlayerId(a, b).CompareTo(new PlayerId(c, d)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000")]
    [InlineData("80000000000000000000000000")]
    [InlineData("0000000000000000000000000U")]
    [InlineData("000000000000000000000000000")]
    public void Anything_else_is_no_player_id(string? text) => Assert.False(PlayerId.TryParse(text, out _));

    [Fact]
    public void Random_text_is_never_an_error() => Gen.String.Sample(text => PlayerId.TryParse(text, out _) || true);

    [Theory]
    [InlineData("playground", true)]
    [InlineData("a.b_c-9", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("a..b", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", true)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    public void Room_names_are_short_and_plain(string? name, bool valid) => Assert.Equal(valid, RoomName.IsValid(name));
}
