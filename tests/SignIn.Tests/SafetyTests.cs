// Settings that would be unsafe stop the start and are named.
using Aetheris.Gateway;
using Aetheris.Gateway.Http;
using Aetheris.Gateway.SignIn.Email;
using Aetheris.Gateway.SignIn.Oidc;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.SignIn.Tests;

public sealed class SafetyTests
{
    private static readonly Surroundings Production = new("Production");
    private static readonly Surroundings Development = new("Development");

    [Fact]
    public void Plain_http_outside_Development_needs_a_word()
    {
        AssertRefused(new TransportSafety(Production).Validate(null, new GatewayOptions()), "Aetheris:Gateway:TlsCertificate", "Aetheris:Gateway:AllowPlainHttp");
        Assert.True(new TransportSafety(Development).Validate(null, new GatewayOptions()).Succeeded);
        Assert.True(new TransportSafety(Production).Validate(null, new GatewayOptions { AllowPlainHttp = true }).Succeeded);
        Assert.True(new TransportSafety(Production).Validate(null, new GatewayOptions { TrustedProxies = "10.0.0.0/8" }).Succeeded);
        Assert.True(new TransportSafety(Production).Validate(null, new GatewayOptions { TlsCertificate = "a", TlsKey = "b" }).Succeeded);
    }

    [Fact]
    public void Halves_and_contradictions_are_refused()
    {
        AssertRefused(new TransportSafety(Development).Validate(null, new GatewayOptions { TlsCertificate = "a" }), "Aetheris:Gateway:TlsKey");
        AssertRefused(
            new TransportSafety(Development).Validate(null, new GatewayOptions { TlsCertificate = "a", TlsKey = "b", PublicHttpUrl = "http://x" }), "Aetheris:Gateway:PublicHttpUrl");
        AssertRefused(
            new TransportSafety(Production).Validate(null, new GatewayOptions { TrustedProxies = "::1", PublicHttpUrl = "http://x" }), "Aetheris:Gateway:PublicHttpUrl");
        AssertRefused(new TransportSafety(Production).Validate(null, new GatewayOptions { AllowPlainHttp = true, CorsOrigins = "*" }), "Aetheris:Gateway:CorsOrigins");
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("https://example.org/page")]
    [InlineData("ftp://example.org")]
    public void An_origin_is_scheme_host_and_port(string origin)
    {
        AssertRefused(new GatewayOptionsValidator().Validate(null, new GatewayOptions { CorsOrigins = origin }), "Aetheris:Gateway:CorsOrigins");
        AssertRefused(new GatewayOptionsValidator().Validate(null, new GatewayOptions { TrustedProxies = origin }), "Aetheris:Gateway:TrustedProxies");
    }

    [Fact]
    public void Codes_leave_the_machine_only_under_TLS_and_files_of_mails_are_for_Development()
    {
        var setup = new EmailOptionsSetup(Production);
        var mail = new EmailOptions { Smtp = "mail.example.org", From = "play@example.org" };
        Assert.True(setup.Validate(null, mail).Succeeded);
        Assert.True(setup.Validate(null, new EmailOptions { Smtp = "127.0.0.1:25", From = "play@example.org", Security = SmtpSecurity.None }).Succeeded);
        AssertRefused(setup.Validate(null, new EmailOptions { Smtp = "mail.example.org", From = "play@example.org", Security = SmtpSecurity.None }), "Aetheris:Auth:Email:Security");
        AssertRefused(setup.Validate(null, new EmailOptions { Smtp = "mail.example.org" }), "Aetheris:Auth:Email:From");
        AssertRefused(setup.Validate(null, new EmailOptions { Smtp = "mail.example.org:mail", From = "play@example.org" }), "Aetheris:Auth:Email:Smtp");
        AssertRefused(setup.Validate(null, new EmailOptions { DropFolder = "/tmp/mail" }), "Aetheris:Auth:Email:DropFolder");
        var development = new EmailOptions();
        new EmailOptionsSetup(Development).PostConfigure(null, development);
        Assert.EndsWith(Path.Combine("aetheris", "mail"), development.DropFolder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_needs_https_and_an_audience()
    {
        AssertRefused(Providers("http://accounts.example.org", "game"), "Aetheris:Auth:Oidc:google:Issuer");
        AssertRefused(Providers("accounts.example.org", "game"), "Aetheris:Auth:Oidc:google:Issuer");
        AssertRefused(Providers("https://accounts.google.com", " "), "Aetheris:Auth:Oidc:google:ClientId");
        Assert.True(Providers("https://accounts.google.com", "game").Succeeded);

        static ValidateOptionsResult Providers(string issuer, string client) => new OidcOptionsValidator(Production).Validate(
            null, new OidcOptions { ["google"] = new OidcProviderOptions { Issuer = issuer, ClientId = client } });
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void One_household_is_one_address(string address, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(System.Net.IPAddress.Parse(address)));

    private static void AssertRefused(ValidateOptionsResult result, params string[] keys)
    {
        Assert.True(result.Failed);
        Assert.All(keys, key => Assert.Contains(key, result.FailureMessage, StringComparison.Ordinal));
    }

    private sealed class Surroundings(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
