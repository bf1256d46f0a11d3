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

public sealed partial class EncryptedTrafficTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const float MoveX = 0.123f;
    private const float MoveY = 0.456f;
    private const string Name = "Captured Pilot 7";
    private const int Run = 8;

    private static readonly IPAddress OtherAddress = IPAddress.Parse("127.0.0.2");

    private readonly Workplace _workplace = new();
    private readonly List<string> _tokens = [];
    private ServerProcess _server = null!;
    private TrafficCapture _capture = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await _workplace.StartStandaloneAsync("--Aetheris:Demo:Pilots=0");
        _capture = await TrafficCapture.StartAsync(_workplace, _server.UdpPort);
    }

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();

    [Fact]
    public async Task A_capture_shows_nothing_repeats_nothing_and_is_of_no_use()
    {
        var first = await FlyAsync();
        var second = await FlyAsync();
        Assert.True(first.Count > 150 && second.Count > 150, $"{first.Count} and {second.Count} datagrams captured");
        AssertShowsNothing([.. first, .. second]);
        AssertSharesNothing(first, second);

        await AssertIsOfNoUseAfterwardsAsync(second);
        await AssertIsOfNoUseMeanwhileAsync();
        await _capture.StopAsync();
    }

    private async Task<List<CapturedDatagram>> FlyAsync()
    {
        using (var player = new PlayerClient(
            _server.Http, new ClientOptions { Room = "captured", Seed = 7 }, match => new TokenTap(match, _tokens), guestName: Name))
        {
            player.Client.Intent = new PilotIntent(MoveX, MoveY, Fire: false);
            await player.WaitUntilInRoomAsync();
            await player.PollForAsync(TimeSpan.FromSeconds(2));
            _tokens.Add(player.AccessToken!);
            player.Client.Leave();
            await player.PollForAsync(TimeSpan.FromMilliseconds(200));
        }

        var captured = await _capture.TakeAsync();
        output.WriteLine($"{captured.Count} datagrams, {captured.Sum(datagram => datagram.Bytes.Length)} bytes");
        Assert.Contains(captured, IsAnswer);
        Assert.Contains(captured, datagram => !IsAnswer(datagram));
        return captured;
    }

    private void AssertShowsNothing(List<CapturedDatagram> wire)
    {
        var hidden = new List<(string What, byte[] Bytes)> { ("name", Encoding.UTF8.GetBytes(Name)), ("room", "captured"u8.ToArray()) };
        foreach (var text in _tokens)
        {
            hidden.Add(("token", Encoding.ASCII.GetBytes(text)[..16]));
            hidden.Add(("token's end", Encoding.ASCII.GetBytes(text)[^16..]));
            if (!ConnectToken.TryParse(text, out var token))
                continue;
            hidden.Add(("client's key", token!.ClientKey.ToArray()));
            hidden.Add(("gateway's key", token.GatewayKey.ToArray()));
        }

        Assert.Equal(4, hidden.Count(secret => secret.What.EndsWith("key", StringComparison.Ordinal)));
        var input = new byte[8];
        BinaryPrimitives.WriteSingleLittleEndian(input, MoveX);
        BinaryPrimitives.WriteSingleLittleEndian(input.AsSpan(4), MoveY);
        hidden.Add(("input", input));
        foreach (var value in new[] { input[..4], input[4..] })
        {
            hidden.Add(("move", value));
            hidden.Add(("move backwards", [.. value.Reverse()]));
        }

        foreach (var (what, bytes) in hidden)
            Assert.False(wire.Exists(datagram => datagram.Bytes.AsSpan().IndexOf(bytes) >= 0), $"the {what} is in a datagram");
    }

    // The header of a first datagram is its magic, counter, length, and the version and key id of the token.
    private static void AssertSharesNothing(List<CapturedDatagram> one, List<CapturedDatagram> two)
    {
        var seen = new HashSet<ulong>();
        foreach (var datagram in one)
        {
            for (var at = Header(datagram.Bytes); at + Run <= datagram.Bytes.Length; at++)
                seen.Add(BinaryPrimitives.ReadUInt64LittleEndian(datagram.Bytes.AsSpan(at)));
        }

        foreach (var datagram in two)
        {
            for (var at = Header(datagram.Bytes); at + Run <= datagram.Bytes.Length; at++)
                Assert.DoesNotContain(BinaryPrimitives.ReadUInt64LittleEndian(datagram.Bytes.AsSpan(at)), seen);
        }
    }

    private static int Header(byte[] datagram) => SealedChannel.IsFirst(datagram) ? SealLimits.FirstHead + 5 : SealLimits.CounterSize;

    // The session is over: everything of it comes again, from the player's own end point and from another address.
    private async Task AssertIsOfNoUseAfterwardsAsync(List<CapturedDatagram> session)
    {
        var said = session.FindAll(datagram => !IsAnswer(datagram));
        var before = await CountersAsync();
        using var same = new UdpClient(said[0].From);
        using var other = new UdpClient(new IPEndPoint(OtherAddress, 0));
        foreach (var datagram in said)
        {
            await same.SendAsync(datagram.Bytes, Gateway);
            await other.SendAsync(datagram.Bytes, Gateway);
        }

        var captured = await _capture.TakeAsync(2 * said.Count);
        var after = await CountersAsync();
        Assert.Equal(2 * said.Count, captured.Count);
        Assert.DoesNotContain(captured, IsAnswer);
        Assert.Equal(2 * said.Count, Drops(after) - Drops(before));
        Assert.Equal(before.Where(IsNoDrop), after.Where(IsNoDrop));
        output.WriteLine($"{captured.Count} replayed after the session, {Drops(after) - Drops(before)} dropped, 0 answered; {before.Count(IsNoDrop)} other counters unchanged");
    }

    // The session lives: everything of it comes again, and altered, from its own end point and from others.
    private async Task AssertIsOfNoUseMeanwhileAsync()
    {
        using var recorder = new TrafficRecorder(_server.UdpPort);
        using var same = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var other = new UdpClient(new IPEndPoint(OtherAddress, 0));
        using (var player = new PlayerClient(_server.Http, new ClientOptions { Room = "captured" }, recorder.Around))
        {
            await player.WaitUntilInRoomAsync();
            await player.PollForAsync(TimeSpan.FromSeconds(1));
            var recorded = recorder.Up;
            var before = Drops(await CountersAsync());
            var injected = 0;
            var random = new Random(6);
            foreach (var datagram in recorded)
            {
                await same.SendAsync(datagram, Gateway);
                await other.SendAsync(datagram, Gateway);
                await recorder.InjectAsync(datagram);
                await recorder.InjectAsync(Flip(datagram, random.Next(datagram.Length * 8)));
                if ((injected += 4) % 40 == 0)
                    await player.PollForAsync(TimeSpan.FromMilliseconds(2));
            }

            // Every bit of a first datagram and of another one; of all others: FlippedBitTests, without a network between.
            foreach (var datagram in new[] { recorded[0], recorded[^1] })
            {
                for (var bit = 0; bit < datagram.Length * 8; bit++)
                {
                    await recorder.InjectAsync(Flip(datagram, bit));
                    if (++injected % 50 == 0)
                        await player.PollForAsync(TimeSpan.FromMilliseconds(2));
                }
            }

            await player.PollForAsync(TimeSpan.FromMilliseconds(500));
            var after = await CountersAsync();
            output.WriteLine($"{injected} injected into a live session, {Drops(after) - before} dropped");
            Assert.Equal(injected, Drops(after) - before);
            Assert.Equal((ClientState.InRoom, 0), (player.Client.State, player.Client.Quality.Disconnects));
            Assert.Equal(1, after.Single(counter => counter.Key.StartsWith("aetheris_connected_clients", StringComparison.Ordinal)).Value);
            player.Client.Leave();
            await player.PollForAsync(TimeSpan.FromMilliseconds(200));
        }

        var ports = new[] { same, other }.Select(socket => ((IPEndPoint)socket.Client.LocalEndPoint!).Port).ToArray();
        Assert.DoesNotContain(await _capture.TakeAsync(), datagram => IsAnswer(datagram) && ports.Contains(datagram.To.Port));
    }

    private IPEndPoint Gateway => new(IPAddress.Loopback, _server.UdpPort);

    private bool IsAnswer(CapturedDatagram datagram) => datagram.From.Port == _server.UdpPort;

    private static byte[] Flip(byte[] datagram, int bit)
    {
        var flipped = datagram.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static bool IsNoDrop(KeyValuePair<string, double> counter) => !counter.Key.StartsWith("aetheris_edge_drops_total", StringComparison.Ordinal);

    private static double Drops(Dictionary<string, double> counters) => counters.Where(counter => !IsNoDrop(counter)).Sum(counter => counter.Value);

    // Everything that the edge counts of players, messages and refusals: while nobody is connected it stands still.
    private async Task<Dictionary<string, double>> CountersAsync()
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(_server.Http + "/metrics");
        return EdgeCounters().Matches(metrics).ToDictionary(
            match => match.Groups["series"].Value, match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    [GeneratedRegex(
        @"^(?<series>aetheris_(edge_drops|edge_errors|connected_clients|auth_failures|commands_refused|decode_errors|encoder_errors|inputs_unreceived|outbound_errors|packets_inbound|packets_outbound|protocol_pings|security_violations|session_start_latency_seconds_count|sessions_revoked|transport_events|unprivileged_packets)\w*(\{[^}]*\})?) (?<value>[0-9.eE+]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EdgeCounters();
}
