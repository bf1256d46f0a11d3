// What a sign-in is worth beyond one token and one process, and the port under TLS.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Aetheris.Client.Connection;

namespace Aetheris.Cluster.Tests;

public sealed class SignInTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IPAddress BannedAddress = IPAddress.Parse("127.0.0.9");

    [Fact]
    public async Task The_SDK_flies_past_the_end_of_its_token_and_bans_and_sign_ins_survive_a_restart()
    {
        await using var workplace = new Workplace();
        string[] arguments =
        [
            "--Aetheris:Cluster:Mode=Redis", "--Aetheris:Cluster:Redis=embedded", $"--Aetheris:Cluster:Data={workplace.Folder}/store",
            "--Aetheris:Auth:AccessTokenLifetime=00:00:04",
        ];
        var server = await workplace.StartStandaloneAsync(arguments);
        using var first = Client(server.Http);
        var kept = await DoAsync(first, "/api/auth/guest", new { name = "Kept" });
        var banned = await DoAsync(first, "/api/auth/guest", new { name = "Banned" });
        first.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("admin"));
        await DoAsync(first, "/api/admin/bans", new { player = Text(banned, "player"), reason = "ramming" });

        using (var player = new PlayerClient(server.Http, "long-haul"))
        {
            await player.WaitUntilInRoomAsync();
            await player.PollForAsync(TimeSpan.FromSeconds(6));
            Assert.True(player.Client.State == ClientState.InRoom && player.Client.Quality.Disconnects == 0, $"{player.Client.State}: {player.Client.LastFailure?.Text}");
        }

        await AssertAddressIsBannedAsync(server, first);

        Assert.Equal(0, await server.StopAsync());
        server = await workplace.StartStandaloneAsync(arguments);
        using var second = Client(server.Http);
        var refreshed = await DoAsync(second, "/api/auth/refresh", new { refreshToken = Text(kept, "refreshToken") });
        Assert.Equal(Text(kept, "player"), Text(refreshed, "player"));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(second, "/api/auth/refresh", new { refreshToken = Text(banned, "refreshToken") })).Status);
        await AssertCommandLineAsync(workplace, server.Http, "sessions", Text(banned, "player"));

        // From the banned address, with a token that somebody fetched elsewhere.
        using (var recorder = new TrafficRecorder(server.UdpPort, BannedAddress))
        using (var player = new PlayerClient(server.Http, new ClientOptions { Room = "quay" }, recorder.Around))
            await player.WaitUntilAsync(() => player.Client.LastFailure?.Text.Contains("floods", StringComparison.Ordinal) == true, "refused");
        await AssertCommandLineAsync(workplace, server.Http, "addresses", BannedAddress.ToString());
    }

    [Fact]
    public async Task Outside_Development_players_come_over_TLS_or_not_at_all()
    {
        await using var workplace = new Workplace();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = SelfSigned(key);
        await File.WriteAllTextAsync(Path.Combine(workplace.Folder, "tls.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(workplace.Folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        var production = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_ENVIRONMENT"] = null, ["ASPNETCORE_ENVIRONMENT"] = null };
        string[] arguments =
        [
            "--Aetheris:Gateway:UdpPort=0", "--Aetheris:Gateway:HttpPort=0", "--Aetheris:Auth:AllowGuests=true",
            $"--Aetheris:Auth:SigningKey={Convert.ToBase64String(key.ExportPkcs8PrivateKey())}",
        ];

        var refused = workplace.Start(Binaries.Standalone, production, arguments);
        var server = workplace.Start(Binaries.Standalone, production, [.. arguments, $"--Aetheris:Gateway:TlsCertificate={workplace.Folder}/tls.crt", $"--Aetheris:Gateway:TlsKey={workplace.Folder}/tls.key"]);
        Assert.Equal(1, await refused.WaitForExitAsync(Patience));
        Assert.Contains("Aetheris:Gateway:AllowPlainHttp", refused.Output, StringComparison.Ordinal);
        await server.WaitUntilReadyAsync();

        // It trusts this one certificate and nothing else.
        using var trusting = new SocketsHttpHandler();
        trusting.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trusting.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(certificate);
        using var http = new HttpClient(trusting) { BaseAddress = new Uri($"https://localhost:{server.Ready["http"]}") };
        var guest = await DoAsync(http, "/api/auth/guest", new { name = "Secret" });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(guest, "token"));
        var match = await DoAsync(http, "/api/match", new { });
        Assert.StartsWith("wss://", Text(match, "ws"), StringComparison.Ordinal);
        using var socket = new ClientWebSocket();
        using var bound = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new Uri(Text(match, "ws")), http, bound.Token);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    // Over UDP, from an address of its own.
    private static async Task AssertAddressIsBannedAsync(ServerProcess server, HttpClient admin)
    {
        using var recorder = new TrafficRecorder(server.UdpPort, BannedAddress);
        using var player = new PlayerClient(server.Http, new ClientOptions { Room = "quay" }, recorder.Around);
        using var neighbour = new PlayerClient(server.Http, "quay");
        await player.WaitUntilInRoomAsync();
        await neighbour.WaitUntilAsync(() => neighbour.Client.State == ClientState.InRoom, "in the room", player);
        await player.WaitForAsync(DoAsync(admin, "/api/admin/address-bans", new { address = BannedAddress.ToString(), reason = "floods" }));
        var took = await player.WaitUntilAsync(() => player.Client.State != ClientState.InRoom, "closed", neighbour);
        Assert.True(took < TimeSpan.FromSeconds(1), $"{took}");
        Assert.Contains("floods", player.Client.LastFailure?.Text, StringComparison.Ordinal);
        Assert.Equal(ClientState.InRoom, neighbour.Client.State);
    }

    private static async Task AssertCommandLineAsync(Workplace workplace, string http, string command, string banned)
    {
        var bans = workplace.Start(Binaries.Cli, command, "bans", "--http", http);
        Assert.True(await bans.WaitForExitAsync(Patience) == 0, bans.Output);
        Assert.Contains(banned, bans.Stdout, StringComparison.Ordinal);
        var unban = workplace.Start(Binaries.Cli, command, "unban", banned, "--http", http);
        Assert.True(await unban.WaitForExitAsync(Patience) == 0, unban.Output);
        var again = workplace.Start(Binaries.Cli, command, "unban", banned, "--http", http);
        Assert.Equal(1, await again.WaitForExitAsync(Patience));
        Assert.Contains("404", again.Output, StringComparison.Ordinal);
    }

    private static X509Certificate2 SelfSigned(ECDsa key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static HttpClient Client(string http) => new() { BaseAddress = new Uri(http), Timeout = Patience };

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static async Task<JsonElement> DoAsync(HttpClient http, string path, object body)
    {
        var (status, answer) = await PostAsync(http, path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {answer}");
        return answer;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
