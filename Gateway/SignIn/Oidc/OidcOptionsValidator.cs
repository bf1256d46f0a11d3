// Checks providers at start, with messages that name the full key.
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.SignIn.Oidc;

internal sealed class OidcOptionsValidator(IHostEnvironment environment) : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        var failures = new List<string>();
        foreach (var (provider, settings) in options)
        {
            var key = $"{OidcOptions.Section}:{provider}";
            if (!RoomName.IsValid(provider) || provider is ExternalIdentity.Email or "guest")
                failures.Add($"{key} must be named by 1 to 64 characters of a-z 0-9 . _ -, and neither email nor guest");
            if (!Uri.TryCreate(settings.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("http" or "https") || issuer.Query.Length > 0)
                failures.Add($"{key}:{nameof(settings.Issuer)} is '{settings.Issuer}': a URL such as https://accounts.google.com is expected");
            else if (issuer.Scheme == "http" && !environment.IsDevelopment() && !issuer.IsLoopback)
                failures.Add($"{key}:{nameof(settings.Issuer)} is '{settings.Issuer}': outside Development an issuer's keys come over https");
            if (string.IsNullOrWhiteSpace(settings.ClientId))
                failures.Add($"{key}:{nameof(settings.ClientId)} is missing: without an audience every token of the issuer would be good");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
