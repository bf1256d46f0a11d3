// A run of `aetheris bots`.
using System.Text.Json;

namespace Aetheris.Cluster.Tests;

internal sealed class BotRun(ServerProcess process, TimeSpan patience)
{
    public ServerProcess Process => process;

    /// <summary>Waits for its JSON; fails with its output when there is none or its exit code is not 0.</summary>
    public async Task<BotReport> FinishAsync()
    {
        var code = await process.WaitForExitAsync(patience);
        var text = process.Stdout.Trim();
        try
        {
            var json = JsonDocument.Parse(text).RootElement;
            return code == 0 ? new BotReport(json) : throw process.Failure($"ended with {code}");
        }
        catch (JsonException)
        {
            throw process.Failure($"printed no JSON and ended with {code}");
        }
    }
}
