// One sign-in and the refresh tokens that follow from it.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.SignIn;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.SignIn;

/// <summary>The grain of a family: an exchange is stored before it is answered.</summary>
public sealed partial class RefreshGrain : StoredGrain<RefreshRecord>, IRefreshGrain
{
    private readonly TimeProvider _time;
    private readonly ILogger<RefreshGrain> _logger;

    /// <summary>Created by Orleans.</summary>
    public RefreshGrain(
        [PersistentState("refresh", AetherisGrains.SignInStorage)] IPersistentState<RefreshRecord> stored, TimeProvider time, ILogger<RefreshGrain> logger)
        : base(stored)
    {
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public async Task StartAsync(SignInGrant signIn, byte[] hash) => await SaveAsync(new RefreshRecord { SignIn = signIn, Newest = hash });

    /// <inheritdoc />
    public async Task<SignInGrant?> RotateAsync(byte[] presented, byte[] next)
    {
        var before = Record.SignIn;
        var signIn = SignInRules.Rotate(Record, presented, next, _time.GetUtcNow());
        if (signIn is not null)
        {
            await SaveAsync();
            return signIn;
        }

        await EraseAsync();
        if (before is null || _time.GetUtcNow() >= before.EndsAt)
            return null;

        // Whoever of the two was first has an access token, too: for both it is over at once.
        LogReused(_logger, before.Player.ToString(), before.Method);
        await GrainFactory.GetGrain<ISessionGrain>(before.Player.ToString()).RevokeAsync();
        return null;
    }

    /// <inheritdoc />
    public async Task<SignInGrant?> EndAsync(byte[] presented)
    {
        var signIn = SignInRules.End(Record, presented, _time.GetUtcNow());
        await EraseAsync();
        return signIn;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refresh token of player {Player} ({Method}) came a second time: it was stolen or its exchange was lost; the sign-in is over")]
    private static partial void LogReused(ILogger logger, string player, string method);
}
