// Standalone with its own store: what is durable outlives a kill.
using System.Net;
using System.Net.Http.Headers;
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Client.Matching;

namespace Aetheris.Cluster.Tests;

public sealed class EmbeddedStoreTests
{
    [Fact]
    public async Task A_revocation_outlives_a_killed_Standalone()
    {
        await using var workplace = new Workplace();
        var data = Path.Combine(workplace.Folder, "store");
        string[] embedded = ["--Aetheris:Cluster:Mode=Redis", "--Aetheris:Cluster:Redis=embedded", $"--Aetheris:Cluster:Data={data}", "--Aetheris:Demo:Pilots=0"];
        var server = await workplace.StartStandaloneAsync(embedded);
        Assert.Single(server.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var token = string.Empty;
        using (var player = new PlayerClient(server.Http, "cell"))
        {
            await player.WaitUntilInRoomAsync();
            token = player.AccessToken!;
            await RevokeAsync(workplace, server, player.Client.Player.ToString());
            await player.WaitUntilAsync(() => player.Client.State == ClientState.Disconnected, "told");
        }

        await server.KillAsync();
        var again = await workplace.StartStandaloneAsync(embedded);

        using var returning = new PlayerClient(again.Http, new ClientOptions { Room = "cell" }, accessToken: token);
        await returning.WaitUntilAsync(() => returning.Client.LastFailure is not null, "refused");
        Assert.True(returning.Client.LastFailure is { IsFinal: true });
        Assert.Contains("the session was ended", returning.Client.LastFailure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_do_not_share_a_folder()
    {
        await using var workplace = new Workplace();
        var data = Path.Combine(workplace.Folder, "store");
        string[] embedded = ["--Aetheris:Cluster:Mode=Redis", "--Aetheris:Cluster:Redis=embedded", $"--Aetheris:Cluster:Data={data}", "--Aetheris:Demo:Pilots=0"];
        await workplace.StartStandaloneAsync(embedded);

        var second = workplace.Start(Binaries.Standalone, ["--Aetheris:Gateway:UdpPort=0", "--Aetheris:Gateway:HttpPort=0", .. embedded]);

        Assert.Equal(1, await second.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("Aetheris:Cluster:Data", second.Output, StringComparison.Ordinal);
    }

    private static async Task RevokeAsync(Workplace workplace, ServerProcess server, string player)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{server.Http}/api/admin/sessions/{player}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("admin"));
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
