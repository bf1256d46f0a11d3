// Standalone as its user meets it: start, errors, stop.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Aetheris.Cluster.Tests;

public sealed class StandaloneTests
{
    private static readonly TimeSpan ErrorPatience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Standalone_says_that_it_is_ready_and_serves_from_any_working_directory()
    {
        await using var workplace = new Workplace();
        var standalone = await workplace.StartStandaloneAsync();
        using var http = Client(standalone);

        Assert.Equal("standalone", standalone.Ready["role"]);
        Assert.True(standalone.UdpPort > 0);
        Assert.Single(standalone.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics", "/openapi/v1.json", "/api/rooms", "/" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode}");
        }

        Assert.Contains("<canvas", await http.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("\naetheris_memory_resident_bytes{", metrics, StringComparison.Ordinal);
        Assert.Contains("\naetheris_tick_duration_seconds_bucket{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("_total_total", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("_seconds_seconds", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_the_command_line_open_the_doors_of_their_role_and_stay_out_of_the_log()
    {
        await using var workplace = new Workplace();
        var standalone = await workplace.StartStandaloneAsync();
        using var http = Client(standalone);
        var admin = await workplace.MintAsync("admin");
        var player = await workplace.MintAsync("player");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/api/admin/silos", admin));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, "/api/admin/silos", player));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, "/api/admin/silos", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, "/api/admin/silos", admin[..^6] + "AAAAAA"));

        using var guest = await http.PostAsJsonAsync("/api/auth/guest", new { name = "guest" });
        var token = (await guest.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/match") { Content = JsonContent.Create(new { }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var match = await http.SendAsync(request);
        var connect = (await match.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectToken").GetString()!;
        foreach (var secret in new[] { admin, player, token, connect })
            Assert.DoesNotContain(secret, standalone.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_nobody_reads_is_named_in_a_warning()
    {
        await using var workplace = new Workplace();
        var standalone = await workplace.StartStandaloneAsync("--Aetheris:Gateway:UdpProt=5000");

        Assert.Contains("Aetheris:Gateway:UdpProt is not a configuration key", standalone.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_ends_Standalone_with_exit_code_0()
    {
        await using var workplace = new Workplace();
        var standalone = await workplace.StartStandaloneAsync();

        Assert.Equal(0, await standalone.StopAsync());
    }

    [Fact]
    public async Task A_taken_UDP_port_is_one_readable_line_and_exit_code_1()
    {
        await using var workplace = new Workplace();
        using var taken = new UdpClient(new IPEndPoint(IPAddress.Any, 0));
        var port = ((IPEndPoint)taken.Client.LocalEndPoint!).Port;

        await AssertRefusedAsync(
            workplace.Start(Binaries.Standalone, $"--Aetheris:Gateway:UdpPort={port}", "--Aetheris:Gateway:HttpPort=0"), "Aetheris:Gateway:UdpPort");
    }

    [Fact]
    public async Task A_taken_HTTP_port_is_one_readable_line_and_exit_code_1()
    {
        await using var workplace = new Workplace();
        using var taken = new TcpListener(IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await AssertRefusedAsync(
            workplace.Start(Binaries.Standalone, "--Aetheris:Gateway:UdpPort=0", $"--Aetheris:Gateway:HttpPort={port}"), "Aetheris:Gateway:HttpPort");
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task A_taken_port_of_a_silo_is_one_readable_line_and_exit_code_1(string key)
    {
        await using var workplace = new Workplace();

        // Orleans shares its ports with whoever asks; a second silo on one would take the first one's place in the cluster.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        await AssertRefusedAsync(workplace.Start(Binaries.Silo, $"--Aetheris:Cluster:{key}={port}"), $"Aetheris:Cluster:{key}");
    }

    [Theory]
    [InlineData("Aetheris:Room:TickRate", "zero")]
    [InlineData("Aetheris:Room:TickRate", "0")]
    [InlineData("Aetheris:Cluster:Mode", "Elsewhere")]
    [InlineData("Aetheris:Gateway:UdpPort", "99999")]
    [InlineData("Aetheris:Gateway:HttpPort", "web")]
    [InlineData("Aetheris:Auth:SigningKey", "no key")]
    [InlineData("Aetheris:Demo:Pilots", "-1")]
    public async Task A_wrong_value_is_named_with_its_key(string key, string value)
    {
        await using var workplace = new Workplace();

        // A wrong port stays the only reason: the others are free.
        string[] ports = ["--Aetheris:Gateway:UdpPort=0", "--Aetheris:Gateway:HttpPort=0"];
        await AssertRefusedAsync(workplace.Start(Binaries.Standalone, [.. ports, $"--{key}={value}"]), key);
    }

    [Fact]
    public async Task Outside_Development_a_missing_signing_key_stops_the_start()
    {
        await using var workplace = new Workplace();
        var production = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_ENVIRONMENT"] = null, ["ASPNETCORE_ENVIRONMENT"] = null };

        await AssertRefusedAsync(
            workplace.Start(Binaries.Standalone, production, "--Aetheris:Gateway:UdpPort=0", "--Aetheris:Gateway:HttpPort=0"), "Aetheris:Auth:SigningKey");
    }

    [Fact]
    public async Task Help_names_the_keys()
    {
        await using var workplace = new Workplace();
        var help = workplace.Start(Binaries.Standalone, "--help");

        Assert.Equal(0, await help.WaitForExitAsync(ErrorPatience));
        Assert.Contains("Room:TickRate", help.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_golden_recording_has_a_hash_per_tick()
    {
        const ulong Golden = 0xCD15BCDAD9F8BB84; // the original's recording: nothing moves in it
        await using var workplace = new Workplace();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AETHERIS_RECORD_GOLDEN"] = "600",
            ["DOTNET_ENVIRONMENT"] = null,
            ["ASPNETCORE_ENVIRONMENT"] = null,
        };
        var recording = workplace.Start(Binaries.Standalone, environment);

        Assert.Equal(0, await recording.WaitForExitAsync(ErrorPatience));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(workplace.Folder, "golden_600ticks.bin"));
        Assert.Equal(600 * sizeof(ulong), bytes.Length);
        Assert.All(bytes.Chunk(sizeof(ulong)), hash => Assert.Equal(Golden, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(hash)));
    }

    private static async Task AssertRefusedAsync(ServerProcess process, string key)
    {
        var code = await process.WaitForExitAsync(ErrorPatience);
        Assert.Equal(1, code);
        Assert.Contains(key, process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
        Assert.Empty(process.Stdout);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static HttpClient Client(ServerProcess process) => new() { BaseAddress = new Uri(process.Http), Timeout = TimeSpan.FromSeconds(15) };
}
