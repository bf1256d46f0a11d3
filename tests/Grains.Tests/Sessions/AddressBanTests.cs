// From where nobody may play: how many such places, and until when.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Sessions;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Tests.Sessions;

public sealed class AddressBanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly AddressBansRecord _record = new();

    [Fact]
    public void A_ban_holds_until_its_end_and_a_newer_one_of_the_same_address_takes_its_place()
    {
        Assert.True(_record.TryAdd(Ban("203.0.113.7", Now, Now.AddHours(1)), Now));
        Assert.True(_record.TryAdd(Ban("203.0.113.8", Now.AddMinutes(1), until: null), Now));
        Assert.Equal(["203.0.113.8", "203.0.113.7"], _record.List(Now.AddMinutes(59)).Select(ban => ban.Address));
        Assert.Equal(["203.0.113.8"], _record.List(Now.AddHours(1)).Select(ban => ban.Address));

        Assert.True(_record.TryAdd(Ban("203.0.113.7", Now, until: null), Now));
        Assert.Equal(2, _record.List(Now.AddYears(1)).Count);
    }

    [Fact]
    public void What_is_over_cannot_be_lifted_and_leaves_the_record()
    {
        _record.TryAdd(Ban("203.0.113.7", Now, Now.AddHours(1)), Now);
        Assert.False(_record.TryRemove("203.0.113.7", Now.AddHours(1)));
        Assert.Empty(_record.Bans);
        Assert.False(_record.TryRemove("203.0.113.9", Now));
    }

    [Fact]
    public void There_is_a_bound_and_a_ban_that_is_over_makes_place()
    {
        for (var i = 0; i < IAddressBansGrain.MaxBans; i++)
            Assert.True(_record.TryAdd(Ban($"10.0.{i / 256}.{i % 256}", Now, i == 0 ? Now.AddHours(1) : null), Now));
        Assert.False(_record.TryAdd(Ban("203.0.113.7", Now, until: null), Now));
        Assert.True(_record.TryAdd(Ban("10.0.0.1", Now, until: null), Now));
        Assert.True(_record.TryAdd(Ban("203.0.113.7", Now, until: null), Now.AddHours(1)));
        Assert.Equal(IAddressBansGrain.MaxBans, _record.Bans.Count);
    }

    private static AddressBan Ban(string address, DateTimeOffset at, DateTimeOffset? until) => new(address, "floods", new PlayerId(1, 1), at, until);
}
