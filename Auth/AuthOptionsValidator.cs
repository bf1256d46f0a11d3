// Checks sign-in configuration at start-up, with messages that name the full key.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Keys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Auth;

internal sealed class AuthOptionsValidator(IHostEnvironment environment, KeyPlace place) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var failures = new List<string>();
        if (options.AccessTokenLifetime < TimeSpan.FromSeconds(1) || options.AccessTokenLifetime > AuthOptions.MaxAccessTokenLifetime)
            failures.Add($"{AuthOptions.Section}:{nameof(AuthOptions.AccessTokenLifetime)} must be between 1 s and 30 days (hh:mm:ss)");
        if (options.RefreshTokenLifetime < options.AccessTokenLifetime || options.RefreshTokenLifetime > AuthOptions.MaxRefreshTokenLifetime)
            failures.Add($"{AuthOptions.Section}:{nameof(AuthOptions.RefreshTokenLifetime)} must be between the life of an access token and 366 days (d.hh:mm:ss)");
        if (options.ConnectTokenLifetime < TimeSpan.FromSeconds(1) || options.ConnectTokenLifetime > AuthOptions.MaxConnectTokenLifetime)
            failures.Add($"{AuthOptions.Section}:{nameof(AuthOptions.ConnectTokenLifetime)} must be between 1 s and 5 minutes (hh:mm:ss)");
        Range(failures, nameof(AuthOptions.GuestsPerHour), options.GuestsPerHour ?? 0, 0, 1_000_000);
        Range(failures, nameof(AuthOptions.SignInsPerHour), options.SignInsPerHour, 1, 1000);
        Range(failures, nameof(AuthOptions.CodesPerHour), options.CodesPerHour, 1, 1000);
        try
        {
            options.ReadAdmins();
        }
        catch (FormatException exception)
        {
            failures.Add(exception.Message);
        }

        if (!SigningKeys.TryLoad(options, environment.IsDevelopment(), place.Home, out var keys, out var error))
            failures.Add(error);
        keys?.Dispose();
        if (!ConnectKeySettings.TryLoad(options, environment.IsDevelopment() ? ConnectKeySettings.UserFile() : null, place.Home, out _, out error))
            failures.Add(error);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Range(List<string> failures, string key, int value, int min, int max)
    {
        if (value < min || value > max)
            failures.Add($"{AuthOptions.Section}:{key} is {value}, but must be {min} to {max}");
    }
}
