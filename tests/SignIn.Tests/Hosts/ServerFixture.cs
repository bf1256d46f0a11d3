// A whole server in this process, as Standalone composes it, outside Development, with a mail server and a provider of accounts beside it.
using Aetheris.Gateway;
using Aetheris.Hosting;
using Aetheris.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Aetheris.SignIn.Tests.Hosts;

public sealed class ServerFixture : IAsyncLifetime
{
    internal const string Origin = "https://play.example.org";

    private int _visitors;

    internal WebApplication App { get; private set; } = null!;

    internal TestTokens Tokens { get; } = new();

    internal SmtpSink Mail { get; } = new();

    internal OidcIssuer Issuer { get; private set; } = null!;

    internal AuditLines Log { get; } = new();

    internal Uri Http => new(App.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

    /// <summary>Somebody with an address of their own.</summary>
    internal Visitor Visit(string? token = null)
    {
        var number = Interlocked.Increment(ref _visitors);
        return new Visitor(Http, $"10.{number / 256}.{number % 256}.7", token);
    }

    public async ValueTask InitializeAsync()
    {
        Issuer = await OidcIssuer.StartAsync();
        App = AetherisHost.Create(
            ProcessRole.Standalone,
            [
                "--environment=Production",
                "--Aetheris:Gateway:UdpPort=0",
                "--Aetheris:Gateway:HttpPort=0",
                "--Aetheris:Gateway:AllowPlainHttp=true",
                "--Aetheris:Gateway:TrustedProxies=127.0.0.0/8;::1",
                $"--Aetheris:Gateway:CorsOrigins={Origin}",
                "--Aetheris:Rooms:CreateByName=true",
                "--Aetheris:Cluster:Dashboard=true",
                $"--Aetheris:Auth:SigningKey={Tokens.SigningKey}",
                $"--Aetheris:Auth:VerificationKeys={Tokens.PreviousPublicKey}",
                "--Aetheris:Auth:AllowGuests=true",
                $"--Aetheris:Auth:Email:Smtp=127.0.0.1:{Mail.Port}",
                "--Aetheris:Auth:Email:Security=None",
                "--Aetheris:Auth:Email:From=Aetheris <play@example.org>",
                $"--Aetheris:Auth:Oidc:local:Issuer={Issuer.Url}",
                $"--Aetheris:Auth:Oidc:local:ClientId={OidcIssuer.ClientId}",
            ],
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(Log);
                builder.AddAetherisSilo();
                builder.AddAetherisGateway();
            },
            app => app.MapAetherisGateway());
        await App.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Issuer.DisposeAsync();
        Mail.Dispose();
        Tokens.Dispose();
    }
}
