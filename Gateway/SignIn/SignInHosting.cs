// Puts the ways to sign in into a host.
using Aetheris.Gateway.SignIn.Email;
using Aetheris.Gateway.SignIn.Oidc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.SignIn;

/// <summary>Registration of sign-in.</summary>
internal static class SignInHosting
{
    /// <summary>Adds options (checked at start), limits, mail and providers.</summary>
    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmailOptions>().Bind(configuration.GetSection(EmailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<EmailOptions>, EmailOptionsSetup>();
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsSetup>();
        services.AddOptions<OidcOptions>().Bind(configuration.GetSection(OidcOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsValidator>();
        services.AddSingleton<IMailSender, MailSender>();
        services.AddSingleton<MailQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<MailQueue>());
        services.AddSingleton<OidcProviders>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInCompletion>();
    }

    /// <summary>Maps every way to sign in.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        GuestRoutes.Map(routes);
        EmailRoutes.Map(routes);
        OidcRoutes.Map(routes);
        RefreshRoutes.Map(routes);
    }
}
