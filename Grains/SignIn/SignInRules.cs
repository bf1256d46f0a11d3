// The rules of limits, codes and refresh tokens, without Orleans.
using System.Security.Cryptography;
using Aetheris.Grains.Interfaces.SignIn;

namespace Aetheris.Grains.SignIn;

/// <summary>Pure: the caller brings the time and writes the record.</summary>
public static class SignInRules
{
    /// <summary>Wrong guesses per code (CONTROL_PLANE §1).</summary>
    public const int MaxGuesses = 3;

    /// <summary>Takes a try when the window that ends now has one left.</summary>
    public static bool TryTake(SignInLimitRecord record, int most, TimeSpan window, DateTimeOffset now)
    {
        Forget(record, window, now);
        if (record.Taken.Count >= most)
            return false;
        record.Taken.Add(now.UtcTicks);
        return true;
    }

    /// <summary>Forgets tries that left the window.</summary>
    public static void Forget(SignInLimitRecord record, TimeSpan window, DateTimeOffset now)
    {
        var from = (now - window).UtcTicks;
        record.Taken.RemoveAll(taken => taken <= from);
    }

    /// <summary>Judges a guess. A right one uses the code up; a wrong one is counted.</summary>
    /// <param name="record">Changed unless there is no code.</param>
    /// <param name="hash">Hash of the guess.</param>
    /// <param name="now">Time.</param>
    /// <param name="counts">Whether it was a wrong guess at a living code.</param>
    public static EmailCodeAnswer Guess(EmailCodeRecord record, ReadOnlySpan<byte> hash, DateTimeOffset now, out bool counts)
    {
        counts = false;
        if (record.Code is not { } code || now >= code.EndsAt || record.Guesses >= MaxGuesses)
            return EmailCodeAnswer.Wrong;
        if (CryptographicOperations.FixedTimeEquals(hash, code.Hash))
        {
            record.Code = null;
            return new EmailCodeAnswer(Right: true, code.Player);
        }

        counts = true;
        if (++record.Guesses >= MaxGuesses)
            record.Code = null;
        return EmailCodeAnswer.Wrong;
    }

    /// <summary>Exchanges the newest token; any other ends the family.</summary>
    /// <returns>The sign-in; null when nothing was exchanged.</returns>
    public static SignInGrant? Rotate(RefreshRecord record, ReadOnlySpan<byte> presented, byte[] next, DateTimeOffset now)
    {
        var signIn = TakeNewest(record, presented, now);
        record.Newest = signIn is null ? [] : next;
        if (signIn is null)
            record.SignIn = null;
        return signIn;
    }

    /// <summary>Ends the family.</summary>
    /// <returns>The sign-in, if the token was the newest.</returns>
    public static SignInGrant? End(RefreshRecord record, ReadOnlySpan<byte> presented, DateTimeOffset now)
    {
        var signIn = TakeNewest(record, presented, now);
        record.SignIn = null;
        record.Newest = [];
        return signIn;
    }

    private static SignInGrant? TakeNewest(RefreshRecord record, ReadOnlySpan<byte> presented, DateTimeOffset now) =>
        record.SignIn is { } signIn && now < signIn.EndsAt && CryptographicOperations.FixedTimeEquals(presented, record.Newest) ? signIn : null;
}
