// How a player learns that it is over: revoked, or the server stops.
using System.Net.Http.Headers;
using Aetheris.Client.Connection;
using Aetheris.Protocol.Link;

namespace Aetheris.Cluster.Tests;

public sealed class SessionEndTests
{
    [Fact]
    public async Task A_revoked_player_is_told_so_at_once_and_the_ship_is_gone_for_others()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        using var watcher = new PlayerClient(server.Http, "court");
        using var revoked = new PlayerClient(server.Http, "court");
        await watcher.WaitUntilInRoomAsync();
        await revoked.WaitUntilInRoomAsync();
        var ship = revoked.Client.View.OwnShip;
        await watcher.WaitUntilAsync(() => watcher.Client.View.TryGetSlot(ship, out _), "aware of the other ship", revoked);

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{server.Http}/api/admin/sessions/{revoked.Client.Player}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("admin"));
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}");

        var took = await revoked.WaitUntilAsync(() => revoked.Client.State == ClientState.Disconnected, "told", watcher);
        Assert.Equal(CloseReason.Revoked, revoked.Client.LastFailure?.Code);
        Assert.True(took < TimeSpan.FromSeconds(2), $"told after {took.TotalSeconds:0.0} s");
        await watcher.WaitUntilAsync(() => !watcher.Client.View.TryGetSlot(ship, out _), "rid of the ship");
    }

    [Fact]
    public async Task A_stopping_server_says_goodbye_to_its_players_and_ends_within_its_bound()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        using var player = new PlayerClient(server.Http, "evening");
        await player.WaitUntilInRoomAsync();

        var stopping = server.StopAsync();
        await player.WaitUntilAsync(() => player.Client.LastFailure is not null, "told");

        Assert.Equal(CloseReason.GoingAway, player.Client.LastFailure?.Code);
        await player.WaitUntilEndedAsync(stopping);
        Assert.Equal(0, await stopping);
        Assert.DoesNotContain("Exception", server.Output, StringComparison.Ordinal);
    }
}
