// Which addresses count as one.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Udp;

namespace Aetheris.Gateway.Tests;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::/64", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void An_address_is_read_and_written_as_what_counts_as_one(string text, string expected)
    {
        Assert.True(AddressKey.TryParse(text, out var key));
        Assert.Equal(expected, key.ToString());
        Assert.True(AddressKey.TryParse(key.ToString(), out var again));
        Assert.Equal(key, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("203.0.113.0/24")]
    [InlineData("203.0.113.7/64")]
    [InlineData("2001:db8::/48")]
    [InlineData("fe80::1%2")]
    [InlineData("nobody")]
    public void What_is_no_single_address_is_not_read(string? text) => Assert.False(AddressKey.TryParse(text, out _));

    [Fact]
    public void Addresses_of_one_household_share_a_budget_and_others_do_not()
    {
        var budget = new AddressBudget(1, 0);
        foreach (var text in new[] { "::ffff:203.0.113.7", "203.0.113.7", "::ffff:203.0.113.7", "203.0.113.7" })
            Assert.True(budget.TryTake(IPAddress.Parse(text), 0));
        Assert.False(budget.TryTake(IPAddress.Parse("203.0.113.7"), 0));
        Assert.False(budget.TryTake(IPAddress.Parse("::ffff:203.0.113.7"), 0));

        // Two addresses may share a bucket by chance; not ten.
        Assert.Contains(Enumerable.Range(1, 10), n => budget.TryTake(IPAddress.Parse($"203.0.113.{100 + n}"), 0));
    }
}
