// What somebody on the path of a player's datagrams learns from them, and what they can do with them.
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Aetheris.Client.Connection;
using Aetheris.Client.Input;
using Aetheris.Client.Matching;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Cluster.Tests;

public sealed class EncryptedTrafficTests(ITestOutputHelper output)
{
    private const float MoveX = 0.123f;
    private const float MoveY = 0.456f;
    private const string Name = "Captured Pilot 7";
    private const int Run = 8;

    [Fact]
    public async Task A_recording_shows_nothing_repeats_nothing_and_is_of_no_use()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        using var recorder = new TrafficRecorder(server.UdpPort);
        var first = await FlyAsync(server, recorder);
        var second = await FlyAsync(server, recorder);
        Assert.True(first.Count > 150 && second.Count > 150, $"{first.Count} and {second.Count} datagrams recorded");

        AssertShowsNothing([.. first, .. second], recorder.Tokens);
        AssertSharesNothing(first, second);
        await AssertIsOfNoUseAsync(server, recorder);
    }

    private async Task<List<byte[]>> FlyAsync(ServerProcess server, TrafficRecorder recorder)
    {
        using var player = new PlayerClient(server.Http, new ClientOptions { Room = "captured", Seed = 7 }, recorder.Around, guestName: Name);
        player.Client.Intent = new PilotIntent(MoveX, MoveY, Fire: false);
        await player.WaitUntilInRoomAsync();
        await player.PollForAsync(TimeSpan.FromSeconds(2));
        var recorded = recorder.Take();
        output.WriteLine($"{recorded.Count} datagrams, {recorded.Sum(datagram => datagram.Length)} bytes");
        player.Client.Leave();
        await player.PollForAsync(TimeSpan.FromMilliseconds(200));
        return recorded;
    }

    private static void AssertShowsNothing(List<byte[]> wire, IReadOnlyList<string> tokens)
    {
        var hidden = new List<(string What, byte[] Bytes)> { ("name", Encoding.UTF8.GetBytes(Name)), ("room", "captured"u8.ToArray()) };
        foreach (var text in tokens)
        {
            Assert.True(ConnectToken.TryParse(text, out var token));
            hidden.Add(("token", Encoding.ASCII.GetBytes(text)[..16]));
            hidden.Add(("client's key", token!.ClientKey.ToArray()));
            hidden.Add(("gateway's key", token.GatewayKey.ToArray()));
        }

        foreach (var value in new[] { MoveX, MoveY })
        {
            var bits = new byte[4];
            BinaryPrimitives.WriteSingleLittleEndian(bits, value);
            hidden.Add(($"{value}", bits));
            BinaryPrimitives.WriteSingleBigEndian(bits = new byte[4], value);
            hidden.Add(($"{value} backwards", bits));
        }

        var packed = new byte[8];
        BinaryPrimitives.WriteSingleLittleEndian(packed, MoveX);
        BinaryPrimitives.WriteSingleLittleEndian(packed.AsSpan(4), MoveY);
        hidden.Add(("input", packed));
        foreach (var (what, bytes) in hidden)
            Assert.False(wire.Exists(datagram => datagram.AsSpan().IndexOf(bytes) >= 0), $"the {what} is in a datagram");
    }

    // The header of a first datagram is its magic, counter, length, and the version and key id of the token.
    private static void AssertSharesNothing(List<byte[]> one, List<byte[]> two)
    {
        var seen = new HashSet<ulong>();
        foreach (var datagram in one)
        {
            for (var at = Header(datagram); at + Run <= datagram.Length; at++)
                seen.Add(BinaryPrimitives.ReadUInt64LittleEndian(datagram.AsSpan(at)));
        }

        foreach (var datagram in two)
        {
            for (var at = Header(datagram); at + Run <= datagram.Length; at++)
                Assert.DoesNotContain(BinaryPrimitives.ReadUInt64LittleEndian(datagram.AsSpan(at)), seen);
        }
    }

    private static int Header(byte[] datagram) => SealedChannel.IsFirst(datagram) ? SealLimits.FirstHead + 5 : SealLimits.CounterSize;

    private async Task AssertIsOfNoUseAsync(ServerProcess server, TrafficRecorder recorder)
    {
        using var player = new PlayerClient(server.Http, new ClientOptions { Room = "captured" }, recorder.Around);
        await player.WaitUntilInRoomAsync();
        await player.PollForAsync(TimeSpan.FromSeconds(1));
        var recorded = recorder.Up;
        var before = await DropsAsync(server);

        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var gateway = new IPEndPoint(IPAddress.Loopback, server.UdpPort);
        var injected = 0;
        var random = new Random(6);
        foreach (var datagram in recorded)
        {
            await stranger.SendAsync(datagram, gateway);
            await recorder.InjectAsync(datagram);
            var flipped = datagram.ToArray();
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            await recorder.InjectAsync(flipped);
            injected += 3;
            if (injected % 30 == 0)
                await player.PollForAsync(TimeSpan.FromMilliseconds(2));
        }

        // Every bit of one datagram and of a first one.
        foreach (var datagram in new[] { recorded[0], recorded[^1] })
        {
            for (var bit = 0; bit < datagram.Length * 8; bit++)
            {
                var flipped = datagram.ToArray();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                await recorder.InjectAsync(flipped);
                if (++injected % 50 == 0)
                    await player.PollForAsync(TimeSpan.FromMilliseconds(2));
            }
        }

        await player.PollForAsync(TimeSpan.FromMilliseconds(500));
        var dropped = await DropsAsync(server) - before;
        output.WriteLine($"{injected} injected, {dropped} dropped");
        Assert.Equal(injected, dropped);
        Assert.Equal(0, stranger.Available);
        Assert.Equal((ClientState.InRoom, 0), (player.Client.State, player.Client.Quality.Disconnects));
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(server.Http + "/metrics");
        Assert.Equal(1, Sum(metrics, "aetheris_connected_clients"));
    }

    private static async Task<double> DropsAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        return Sum(await http.GetStringAsync(server.Http + "/metrics"), "aetheris_edge_drops_total");
    }

    private static double Sum(string metrics, string name) =>
        Regex.Matches(metrics, $@"^{name}(\{{[^}}]*\}})? (?<value>[0-9.eE+]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Sum(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
}
