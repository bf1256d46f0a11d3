// Refuses to start where tokens would travel in the clear without anybody having said so.
using Aetheris.Auth;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway;

/// <summary>
/// Combinations of settings that are unsafe outside Development. Named together with what is wrong about sign-in, whose tokens they are
/// about: the host itself needs the gateway's settings early, and would stop at them before it looks at anything else.
/// </summary>
internal sealed class TransportSafety(IHostEnvironment environment, IOptions<GatewayOptions>? gateway = null) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        gateway is null ? ValidateOptionsResult.Skip : Validate(name, gateway.Value);

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = new List<string>();
        var hasCertificate = !string.IsNullOrWhiteSpace(options.TlsCertificate);
        if (hasCertificate != !string.IsNullOrWhiteSpace(options.TlsKey))
            failures.Add($"{Key(nameof(options.TlsCertificate))} and {Key(nameof(options.TlsKey))} belong together: PEM files of the chain and of its private key");
        if (hasCertificate && IsHttp(options.PublicHttpUrl))
            failures.Add($"{Key(nameof(options.PublicHttpUrl))} is '{options.PublicHttpUrl}', but the port speaks TLS ({Key(nameof(options.TlsCertificate))}): clients need https");
        if (!environment.IsDevelopment())
            CheckProduction(options, hasCertificate, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckProduction(GatewayOptions options, bool hasCertificate, List<string> failures)
    {
        if (options.CorsOrigins?.Contains('*', StringComparison.Ordinal) == true)
            failures.Add($"{Key(nameof(options.CorsOrigins))} names origins such as https://play.example.org: '*' is for Development");
        if (options.AllowPlainHttp || hasCertificate)
            return;
        if (string.IsNullOrWhiteSpace(options.TrustedProxies))
        {
            failures.Add($"{Key(nameof(options.TlsCertificate))} is not set and {Key(nameof(options.TrustedProxies))} names no proxy that ends TLS: tokens would travel in the clear."
                + $" Set one of them, or {Key(nameof(options.AllowPlainHttp))}=true where the network is trusted");
        }
        else if (IsHttp(options.PublicHttpUrl))
        {
            failures.Add($"{Key(nameof(options.PublicHttpUrl))} is '{options.PublicHttpUrl}': behind a proxy that ends TLS clients need https");
        }
    }

    private static bool IsHttp(string? url) => url?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true;

    private static string Key(string name) => $"{GatewayOptions.Section}:{name}";
}
