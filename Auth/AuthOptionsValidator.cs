// Checks sign-in configuration at start-up, with messages that name the full key.
using Aetheris.Auth.Connect;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Auth;

internal sealed class AuthOptionsValidator(IHostEnvironment environment, ConnectKeyPlace place) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var failures = new List<string>();
        if (options.AccessTokenLifetime < TimeSpan.FromSeconds(1) || options.AccessTokenLifetime > AuthOptions.MaxAccessTokenLifetime)
            failures.Add($"{AuthOptions.Section}:{nameof(AuthOptions.AccessTokenLifetime)} must be between 1 s and 30 days (hh:mm:ss)");
        if (options.ConnectTokenLifetime < TimeSpan.FromSeconds(1) || options.ConnectTokenLifetime > AuthOptions.MaxConnectTokenLifetime)
            failures.Add($"{AuthOptions.Section}:{nameof(AuthOptions.ConnectTokenLifetime)} must be between 1 s and 5 minutes (hh:mm:ss)");
        if (!Keys.SigningKeys.TryLoad(options, environment.IsDevelopment(), out var keys, out var error))
            failures.Add(error);
        keys?.Dispose();
        if (!ConnectKeySettings.TryLoad(options, environment.IsDevelopment() ? ConnectKeySettings.UserFile() : null, place.Home, out _, out error))
            failures.Add(error);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
