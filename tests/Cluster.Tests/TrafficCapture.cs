// tcpdump on the loopback: everything that a gateway's UDP port says and hears.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aetheris.Cluster.Tests;

/// <summary>One tcpdump; it needs the rights to capture, and a test fails without them or without tcpdump.</summary>
internal sealed class TrafficCapture
{
    // Above any datagram of ours; the kernel's ring has one place of this size per packet, so a larger one would lose bursts.
    private const string SnapLength = "2048";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    private readonly ServerProcess _tcpdump;
    private readonly string _file;
    private long _read;

    private TrafficCapture(ServerProcess tcpdump, string file)
    {
        _tcpdump = tcpdump;
        _file = file;
    }

    /// <summary>Captures from now on.</summary>
    public static async Task<TrafficCapture> StartAsync(Workplace workplace, int port)
    {
        var file = Path.Combine(workplace.Folder, $"udp-{port}.pcap");
        var tcpdump = workplace.Start(
            Binaries.Tcpdump, "-i", "lo", "-n", "-U", "--immediate-mode", "-s", SnapLength, "-B", "16384", "-Z", Environment.UserName, "-w", file, "udp", "port",
            port.ToString(CultureInfo.InvariantCulture));
        using var bound = new CancellationTokenSource(Patience);
        while (!tcpdump.Output.Contains("listening on", StringComparison.Ordinal))
        {
            if (tcpdump.HasExited || bound.IsCancellationRequested)
                throw tcpdump.Failure("does not capture");
            await Task.Delay(10);
        }

        return new TrafficCapture(tcpdump, file);
    }

    /// <summary>What was captured since the last call, once nothing more comes: nobody may be connected.</summary>
    /// <param name="atLeast">How many are known to be on their way: tcpdump may lag on a busy machine.</param>
    public async Task<List<CapturedDatagram>> TakeAsync(int atLeast = 1)
    {
        var taken = new List<CapturedDatagram>();
        using var bound = new CancellationTokenSource(Patience);
        int before;
        do
        {
            before = taken.Count;
            await Task.Delay(Quiet, bound.Token);
            taken.AddRange(PcapFile.Read(_file, ref _read));
        }
        while (taken.Count > before || taken.Count < atLeast);
        return taken;
    }

    /// <summary>Ends it; a capture with holes proves nothing.</summary>
    public async Task StopAsync()
    {
        await _tcpdump.StopAsync();
        var lost = Regex.Match(_tcpdump.Output, "(?<count>[0-9]+) packets? dropped by kernel", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(lost.Success && lost.Groups["count"].Value == "0", _tcpdump.Output);
    }
}
