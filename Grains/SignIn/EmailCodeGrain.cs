// One code that was sent to an e-mail address.
using Aetheris.Grains.Interfaces.SignIn;

namespace Aetheris.Grains.SignIn;

/// <summary>The grain of a code. Guesses come one after another, and each is stored before it is answered: none is free.</summary>
public sealed class EmailCodeGrain : StoredGrain<EmailCodeRecord>, IEmailCodeGrain
{
    /// <summary>Wrong guesses per hour at all codes of one address together (CONTROL_PLANE C-6).</summary>
    public const int WrongPerHour = 10;

    private readonly TimeProvider _time;

    /// <summary>Created by Orleans.</summary>
    public EmailCodeGrain([PersistentState("code", AetherisGrains.SignInStorage)] IPersistentState<EmailCodeRecord> stored, TimeProvider time)
        : base(stored) => _time = time;

    /// <inheritdoc />
    public async Task StartAsync(EmailCode code)
    {
        await SaveAsync(new EmailCodeRecord { Code = code });
        var left = code.EndsAt - _time.GetUtcNow();
        EraseAfter(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
    }

    /// <inheritdoc />
    public async Task<EmailCodeAnswer> TryAsync(byte[] hash)
    {
        if (Record.Code is not { } code)
        {
            // Whoever makes up ids leaves no activations behind.
            DeactivateOnIdle();
            return EmailCodeAnswer.Wrong;
        }

        var guesses = GrainFactory.GetGrain<ISignInLimitGrain>("guess:" + code.Address);
        if (!await guesses.HasLeftAsync(WrongPerHour, TimeSpan.FromHours(1)))
            return EmailCodeAnswer.Wrong;
        var answer = SignInRules.Guess(Record, hash, _time.GetUtcNow(), out var counts);
        await SaveAsync();
        if (counts)
            await guesses.TryTakeAsync(WrongPerHour, TimeSpan.FromHours(1));
        return answer;
    }
}
