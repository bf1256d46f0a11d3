// Random and mutated datagrams at a gateway's UDP port while others fly.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Cluster.Tests;

public sealed class HostileDatagramTests(ITestOutputHelper output)
{
    private const int Sockets = 16;
    private const int PerSecond = 25_000;
    private const int FlightSeconds = 5;
    private const double MemorySlackMegabytes = 64;

    /// <summary>AETHERIS_TEST_DATAGRAMS sets the dose; the default is CI's.</summary>
    private static int Datagrams =>
        Environment.GetEnvironmentVariable("AETHERIS_TEST_DATAGRAMS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 50_000;

    [Fact]
    public async Task Random_and_mutated_datagrams_disturb_nobody_and_leave_no_memory_behind()
    {
        await using var workplace = new Workplace();
        var (silo, gateway) = await workplace.StartPairAsync();
        // The same load as below without garbage: what buffers the server needs to serve it at all.
        (await workplace.StartBots(gateway.Http, clients: 10, seconds: FlightSeconds).FinishAsync()).AssertUndisturbed(10);
        var before = ResidentMegabytes(gateway);

        DatagramRecorder? recorder = null;
        using var victim = new PlayerClient(gateway.Http, "victim", match => recorder = new DatagramRecorder(match, gateway.UdpPort));
        await victim.WaitUntilInRoomAsync();
        await victim.PollForAsync(TimeSpan.FromSeconds(2));
        var seeds = recorder!.Recorded;
        Assert.True(seeds.Length > 100, $"only {seeds.Length} datagrams recorded");

        var bots = workplace.StartBots(gateway.Http, clients: 10, seconds: (Datagrams / PerSecond) + FlightSeconds);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var sending = SendAsync(gateway.UdpPort, seeds, recorder);
        await victim.WaitUntilEndedAsync(sending);
        var report = await bots.FinishAsync();

        report.AssertUndisturbed(10);
        Assert.False(gateway.HasExited, gateway.Output);
        Assert.DoesNotContain("Exception", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", silo.Output, StringComparison.Ordinal);
        var after = ResidentMegabytes(gateway);
        output.WriteLine($"{Datagrams} datagrams; resident {before:0} MB before, {after:0} MB after; {report}");
        Assert.True(after < before + MemorySlackMegabytes, $"resident memory went from {before:0} to {after:0} MB");
        recorder.Dispose();
    }

    private static double ResidentMegabytes(ServerProcess process)
    {
        using var running = Process.GetProcessById(process.Id);
        return running.WorkingSet64 / 1e6;
    }

    // Paced, so that the gateway has to look at them instead of the kernel dropping them.
    private static async Task SendAsync(int port, byte[][] seeds, DatagramRecorder recorder)
    {
        var random = new Random(20310501);
        var target = new IPEndPoint(IPAddress.Loopback, port);
        var sockets = Enumerable.Range(0, Sockets).Select(_ => new UdpClient(AddressFamily.InterNetwork)).ToList();
        try
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Datagrams; i++)
            {
                var datagram = i % 2 == 0 ? RandomDatagram(random) : Mutated(seeds[random.Next(seeds.Length)], random);
                if (i % 50 == 1)
                    await recorder.InjectAsync(datagram);
                else
                    await sockets[i % Sockets].SendAsync(datagram, target);
                if (i % 100 == 99 && Stopwatch.GetElapsedTime(started).TotalSeconds < (double)i / PerSecond)
                    await Task.Delay(1);
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Any bytes; every second one begins like a packet of the transport.</summary>
    private static byte[] RandomDatagram(Random random)
    {
        var bytes = new byte[random.Next(0, 1400)];
        random.NextBytes(bytes);
        if (bytes.Length > 0 && random.Next(2) == 0)
            bytes[0] = (byte)random.Next(0, 20);
        return bytes;
    }

    /// <summary>A datagram that a client really sent, with a few bits flipped, cut or extended.</summary>
    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = (byte[])seed.Clone();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1:
                Array.Resize(ref bytes, bytes.Length + random.Next(1, 200));
                return bytes;
            default:
                for (var flips = random.Next(1, 8); flips > 0 && bytes.Length > 0; flips--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
