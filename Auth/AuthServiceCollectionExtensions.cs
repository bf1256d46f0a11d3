// Puts sign-in into a host.
using Aetheris.Auth.Connect;
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
    /// <see cref="TokenVerifier"/>, <see cref="ConnectTokenSealer"/>, <see cref="IdentityDigest"/> and <see cref="UsedTokens"/>. After
    /// configuration <see cref="AuthOptions.AllowGuests"/> is never null.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="home">Where keys live that nobody configured.</param>
    public static IServiceCollection AddAetherisAuth(this IServiceCollection services, IConfiguration configuration, KeyHome home)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<AuthOptions>, AuthOptionsDefaults>();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SigningKeys.Load(
            provider.GetRequiredService<IOptions<AuthOptions>>().Value,
            provider.GetRequiredService<IHostEnvironment>().IsDevelopment(),
            provider.GetRequiredService<KeyPlace>().Home));
        services.AddSingleton<IdentityDigest>();
        services.AddSingleton(provider => new TokenIssuer(
            provider.GetRequiredService<SigningKeys>(),
            provider.GetRequiredService<IOptions<AuthOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TokenVerifier(
            provider.GetRequiredService<SigningKeys>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new KeyPlace(home));
        services.AddSingleton(CreateConnectKeys);
        services.AddSingleton(provider => new ConnectTokenSealer(
            provider.GetRequiredService<ConnectKeyRing>(),
            provider.GetRequiredService<IOptions<AuthOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new UsedTokens(provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    // Empty when the keys are in the store, until they are read from there.
    private static ConnectKeyRing CreateConnectKeys(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AuthOptions>>().Value;
        var file = provider.GetRequiredService<IHostEnvironment>().IsDevelopment() ? ConnectKeySettings.UserFile() : null;
        if (!ConnectKeySettings.TryLoad(options, file, provider.GetRequiredService<KeyPlace>().Home, out var secrets, out var error))
            throw new InvalidOperationException(error);
        var ring = new ConnectKeyRing();
        if (secrets.Count > 0)
            ring.Use(new ConnectKey(secrets[0]), [.. secrets.Skip(1).Select(static secret => new ConnectKey(secret))]);
        return ring;
    }
}
