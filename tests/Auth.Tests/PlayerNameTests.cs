// What may be a name, and what only looks like one.
using Aetheris.Auth.Tokens;

namespace Aetheris.Auth.Tests;

public sealed class PlayerNameTests
{
    [Theory]
    [InlineData("Ada")]
    [InlineData("Ada Lovelace 3")]
    [InlineData("Ærøskøbing")]
    [InlineData("नमस्ते")]
    [InlineData("ที่รัก")]
    [InlineData("נָעֳמִי")]
    [InlineData("名無し")]
    [InlineData("a🚀")]
    [InlineData("[x] ~*~ <b>")]
    [InlineData("12345678901234567890123456789012")]
    public void Names_of_all_scripts_are_names(string name) => Assert.True(PlayerNameRule.IsValid(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" Ada")]
    [InlineData("Ada ")]
    [InlineData("Ada  Lovelace")]
    [InlineData("A\u00A0da")]
    [InlineData("A\u3000da")]
    [InlineData("a\u0007b")]
    [InlineData("a\nb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u200Db")]
    [InlineData("a\u00ADb")]
    [InlineData("\u202Eada")]
    [InlineData("a\u2066b")]
    [InlineData("\uFEFFada")]
    [InlineData("\uE000")]
    [InlineData("a\u0378")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("a\uFE0F")]
    [InlineData("a\U000E0041")]
    [InlineData("\uFFFD")]
    [InlineData("\u0301a")]
    [InlineData("a \u0301")]
    [InlineData("q\u0301")]
    [InlineData("\u0E01\u0E34\u0E48\u0E49")]
    [InlineData("\u1112\u1161\u11AB")]
    [InlineData("e\u0301")]
    [InlineData("\u212B")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("名無しの権兵衛名無しの権兵衛名無しの権兵衛名")]
    public void What_is_invisible_misleading_piled_up_or_too_long_is_no_name(string? name) => Assert.False(PlayerNameRule.IsValid(name));

    [Fact]
    public void Halves_of_characters_are_no_names_and_harm_nothing()
    {
        foreach (var name in new[] { "a" + (char)0xd800, (char)0xdc00 + "a", (char)0xd800 + "a" + (char)0xdc00 })
            Assert.False(PlayerNameRule.IsValid(name));
    }
}
