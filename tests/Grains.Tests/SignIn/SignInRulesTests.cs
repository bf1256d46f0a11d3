// The rules of limits, codes and refresh tokens.
using System.Security.Cryptography;
using Aetheris.Grains.Interfaces.SignIn;
using Aetheris.Grains.SignIn;
using Aetheris.Grains.Tests.Harness;

namespace Aetheris.Grains.Tests.SignIn;

public sealed class SignInRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Any_hour_holds_so_many_tries_and_a_refused_one_does_not_count()
    {
        var record = new SignInLimitRecord();
        for (var i = 0; i < 5; i++)
            Assert.True(SignInRules.TryTake(record, 5, Hour, Now.AddMinutes(10 * i)));

        Assert.False(SignInRules.TryTake(record, 5, Hour, Now.AddMinutes(59)));
        Assert.True(SignInRules.TryTake(record, 5, Hour, Now.AddMinutes(60)));
        Assert.False(SignInRules.TryTake(record, 5, Hour, Now.AddMinutes(69)));
        Assert.True(SignInRules.TryTake(record, 5, Hour, Now.AddMinutes(70)));
    }

    [Fact]
    public void The_right_code_is_good_once()
    {
        var record = Code(out var hash);

        Assert.Equal(new EmailCodeAnswer(Right: true, Make.Player(7)), SignInRules.Guess(record, hash, Now, out _));
        Assert.False(SignInRules.Guess(record, hash, Now, out _).Right);
    }

    [Fact]
    public void The_third_wrong_guess_is_the_last()
    {
        var record = Code(out var hash);
        for (var i = 0; i < SignInRules.MaxGuesses; i++)
        {
            Assert.False(SignInRules.Guess(record, new byte[32], Now, out var counts).Right);
            Assert.True(counts);
        }

        Assert.False(SignInRules.Guess(record, hash, Now, out var more).Right);
        Assert.False(more);
    }

    [Fact]
    public void After_ten_minutes_no_code_is_right()
    {
        var record = Code(out var hash);

        Assert.False(SignInRules.Guess(record, hash, Now.AddMinutes(10), out var counts).Right);
        Assert.False(counts);
    }

    [Fact]
    public void A_refresh_token_is_exchanged_once_and_its_second_use_ends_the_family()
    {
        var record = Family(out var first);
        byte[] second = RandomNumberGenerator.GetBytes(32), third = RandomNumberGenerator.GetBytes(32);

        Assert.NotNull(SignInRules.Rotate(record, first, second, Now));
        Assert.NotNull(SignInRules.Rotate(record, second, third, Now));
        Assert.Null(SignInRules.Rotate(record, first, RandomNumberGenerator.GetBytes(32), Now));
        Assert.Null(SignInRules.Rotate(record, third, RandomNumberGenerator.GetBytes(32), Now));
    }

    [Fact]
    public void A_sign_in_ends_in_its_time_however_often_it_is_refreshed()
    {
        var record = Family(out var first);
        byte[] second = RandomNumberGenerator.GetBytes(32);
        Assert.Equal(Now.AddDays(30), SignInRules.Rotate(record, first, second, Now.AddDays(29))!.EndsAt);

        Assert.Null(SignInRules.Rotate(record, second, first, Now.AddDays(30)));
    }

    [Fact]
    public void An_ended_family_has_no_good_token()
    {
        var record = Family(out var first);
        Assert.NotNull(SignInRules.End(record, first, Now));
        Assert.Null(SignInRules.Rotate(record, first, new byte[32], Now));
        Assert.Null(SignInRules.Rotate(record, [], new byte[32], Now));
    }

    private static EmailCodeRecord Code(out byte[] hash)
    {
        hash = RandomNumberGenerator.GetBytes(32);
        return new EmailCodeRecord { Code = new EmailCode(hash, Make.Player(7), "digest", Now.AddMinutes(10)) };
    }

    private static RefreshRecord Family(out byte[] first)
    {
        first = RandomNumberGenerator.GetBytes(32);
        return new RefreshRecord { SignIn = new SignInGrant(Make.Player(7), "Ada", "player", "email", Now, Now.AddDays(30)), Newest = first };
    }
}
