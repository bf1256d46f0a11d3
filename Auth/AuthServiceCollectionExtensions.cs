// Puts sign-in into a host.
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Auth;

/// <summary>Registration of keys, issuer and verifier.</summary>
public static class AuthServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="AuthOptions"/> (validated at start), <see cref="SigningKeys"/>, <see cref="TokenIssuer"/>,
    /// <see cref="TokenVerifier"/>, <see cref="IdentityDigest"/> and <see cref="UsedTokens"/>. After configuration <see cref="AuthOptions.AllowGuests"/> is never null.
    /// </summary>
    public static IServiceCollection AddAetherisAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<AuthOptions>, AuthOptionsDefaults>();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SigningKeys.Load(
            provider.GetRequiredService<IOptions<AuthOptions>>().Value,
            provider.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        services.AddSingleton<IdentityDigest>();
        services.AddSingleton(provider => new TokenIssuer(
            provider.GetRequiredService<SigningKeys>(),
            provider.GetRequiredService<IOptions<AuthOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TokenVerifier(
            provider.GetRequiredService<SigningKeys>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new UsedTokens(provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
