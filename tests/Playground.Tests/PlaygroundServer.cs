// The servers and the browser that all tests of the page share.
using Aetheris.Cluster.Tests;
using Aetheris.Cluster.Tests.Redis;

[assembly: AssemblyFixture(typeof(Aetheris.Playground.Tests.PlaygroundServer))]

namespace Aetheris.Playground.Tests;

/// <summary>Two silos and a gateway in Development, the browser, and a way between them that can be cut.</summary>
public sealed class PlaygroundServer : IAsyncLifetime
{
    private readonly Workplace _workplace = new();
    private RedisCluster? _cluster;
    private Browser? _browser;
    private CuttableRelay? _relay;

    /// <summary>Base URL of the gateway.</summary>
    internal string Http => _cluster!.Gateways[0].Http;

    internal Browser Browser => _browser!;

    /// <summary>The gateway behind a line that can be cut.</summary>
    internal CuttableRelay Relay => _relay!;

    /// <summary>Where mails are files.</summary>
    internal string MailFolder => Path.Combine(_workplace.Folder, "config", "aetheris", "mail");

    /// <summary>A token for this shard.</summary>
    internal Task<string> MintAsync(string role) => _workplace.MintAsync(role);

    /// <summary>Bots in a room.</summary>
    internal BotRun StartBots(int clients, int seconds, string room) => _workplace.StartBots(Http, clients, seconds, "--room", room, "--decode", "2");

    /// <summary>Runs the command line tool to its end.</summary>
    internal Task RunCliAsync(params string[] arguments) => _workplace.RunCliAsync(arguments);

    /// <summary>A file of these tests alone.</summary>
    internal string PathOf(string file) => Path.Combine(_workplace.Folder, file);

    public async ValueTask InitializeAsync()
    {
        var browser = Browser.StartAsync();
        _cluster = await RedisCluster.StartAsync(_workplace, silos: 2, gateways: 1);
        _browser = await browser;
        _relay = new CuttableRelay(new Uri(Http).Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
        await _workplace.DisposeAsync();
    }
}
