// What a client sees of entities that came, stayed still and went, over real UDP.
using System.Globalization;

namespace Aetheris.Cluster.Tests;

public sealed class VisibilityTests
{
    private static readonly TimeSpan DespawnBound = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_late_joiner_sees_entities_that_never_moved()
    {
        var late = Setting("AETHERIS_TEST_LATE_SECONDS", 5);
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        var still = workplace.StartBots(server.Http, clients: 3, seconds: late + 12, "--room", "late", "--moving", "0");
        await Task.Delay(TimeSpan.FromSeconds(late));
        Assert.False(still.Process.HasExited, still.Process.Output);

        var joiners = await workplace.StartBots(server.Http, clients: 2, seconds: 3, "--room", "late").FinishAsync();

        joiners.AssertUndisturbed(2);
        (await still.FinishAsync()).AssertUndisturbed(3);
    }

    [Fact]
    public async Task A_view_loses_a_ship_within_a_second_of_its_despawn()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        using var watcher = new PlayerClient(server.Http, "despawn");
        using var leaver = new PlayerClient(server.Http, "despawn");
        await watcher.WaitUntilInRoomAsync();
        await leaver.WaitUntilInRoomAsync();
        var ship = leaver.Client.View.OwnShip;
        await watcher.WaitUntilAsync(() => watcher.Client.View.TryGetSlot(ship, out _), "aware of the other ship", leaver);

        leaver.Client.Leave();
        var took = await watcher.WaitUntilAsync(() => !watcher.Client.View.TryGetSlot(ship, out _), "rid of the other ship", leaver);

        Assert.True(took < DespawnBound, $"the ship was seen for {took.TotalMilliseconds:0} ms after its pilot left");
        Assert.True(watcher.Client.View.IsDead(ship));
    }

    private static int Setting(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
