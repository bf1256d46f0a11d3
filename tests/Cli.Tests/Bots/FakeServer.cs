// The fake gateway behind real UDP and real HTTP, so that bots run against it as against a server.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Client.Time;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Json;
using Aetheris.Protocol.Link;
using LiteNetLib;

namespace Aetheris.Cli.Tests.Bots;

/// <summary>One room for everybody. Its own thread ticks it.</summary>
public sealed class FakeServer : INetEventListener, IDisposable
{
    private const int HistoryTicks = 120;
    private const int RoundMilliseconds = 1;

    private readonly FakeSeal _seal = new();
    private readonly NetManager _net;
    private readonly HttpListener _http = new();
    private readonly FakeGateway _gateway = new(StopwatchClock.Instance);
    private readonly ConcurrentDictionary<ulong, byte[]> _states = new();
    private readonly Dictionary<NetPeer, PeerLink> _links = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private byte[] _request = [];
    private int _players;

    public FakeServer()
    {
        _net = new NetManager(this, _seal) { MtuOverride = LinkLimits.Mtu, AutoRecycle = true, IPv6Enabled = false };
        Assert.True(_net.StartInManualMode(0));
        Url = "http://127.0.0.1:" + FreePort();
        _http.Prefixes.Add(Url + "/");
        _http.Start();
        _gateway.Ticked = Remember;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public bool ServesState { get; set; } = true;

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        _net.Stop();
        _http.Close();
    }

    public void OnConnectionRequest(ConnectionRequest request)
    {
        // In manual mode the peer connects inside Accept.
        Assert.True(ConnectRequest.TryRead(request.Data.GetRemainingBytesSpan(), out var asked));
        var withPlayer = new ByteWriter();
        (asked with { Token = _seal.PlayerAt(request.RemoteEndPoint) }).Write(withPlayer);
        _request = withPlayer.Written.ToArray();
        request.Accept();
    }

    public void OnPeerConnected(NetPeer peer)
    {
        var link = new PeerLink(peer);
        _links[peer] = link;
        _gateway.Connect(link, _request);
    }

    public void OnPeerDisconnected(NetPeer peer, DisconnectInfo disconnectInfo)
    {
        if (_links.Remove(peer, out var link))
            _gateway.Disconnect(link);
    }

    public void OnNetworkReceive(NetPeer peer, NetPacketReader reader, byte channelNumber, DeliveryMethod deliveryMethod) =>
        _links[peer].Received.Enqueue(reader.GetRemainingBytes());

    public void OnNetworkError(IPEndPoint endPoint, SocketError socketError)
    {
    }

    public void OnNetworkReceiveUnconnected(IPEndPoint remoteEndPoint, NetPacketReader reader, UnconnectedMessageType messageType)
    {
    }

    public void OnNetworkLatencyUpdate(NetPeer peer, int latency)
    {
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Run()
    {
        var last = StopwatchClock.Instance.NowMicros;
        do
        {
            _net.PollEvents();
            _gateway.Step();
            var now = StopwatchClock.Instance.NowMicros;
            _net.ManualUpdate((now - last) / 1000f);
            last = now;
        }
        while (!_stop.Wait(RoundMilliseconds));
    }

    private void Remember()
    {
        var world = _gateway.World;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("tick", world.Tick);
            json.WriteStartArray("entities");
            foreach (var slot in world.Entities.Slots)
                WriteEntity(json, slot);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        _states[world.Tick] = buffer.ToArray();
        if (world.Tick > HistoryTicks)
            _states.TryRemove(world.Tick - HistoryTicks, out _);
    }

    private void WriteEntity(Utf8JsonWriter json, int slot)
    {
        var entities = _gateway.World.Entities;
        json.WriteStartObject();
        json.WriteNumber("id", entities.IdOf(slot).Value);
        json.WriteStartObject("components");
        foreach (var component in entities.Definition.Components)
        {
            if ((entities.MaskOf(slot) & component.Bit) == 0 || !ComponentJson.Standard.TryGetName(component.Kind, out var name))
                continue;
            var scratch = new ByteWriter();
            entities.ColumnAt(component.Index).Write(slot, scratch);
            var reader = new ByteReader(scratch.Written);
            json.WritePropertyName(name);
            ComponentJson.Standard.TryWriteFrameForm(json, component.Kind, ref reader, JsonNumberForm.Plain);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _http.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = Answer(context.Request);
            context.Response.StatusCode = body is null ? 404 : 200;
            await context.Response.OutputStream.WriteAsync(body ?? []);
            context.Response.Close();
        }
    }

    private byte[]? Answer(HttpListenerRequest request)
    {
        switch (request.Url!.AbsolutePath)
        {
            case "/healthz":
                return [];
            case "/api/auth/guest":
                return Encoding.UTF8.GetBytes("{\"token\":\"" + Interlocked.Increment(ref _players) + "\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}");
            case "/api/match":
                var token = request.Headers["Authorization"]!["Bearer ".Length..];
                return Encoding.UTF8.GetBytes("{\"room\":\"test\",\"connectToken\":\"" + _seal.Issue(token) + "\",\"gateways\":[{\"http\":\"" + Url
                    + "\",\"udp\":{\"host\":\"127.0.0.1\",\"port\":" + _net.LocalPort + "},\"ws\":\"\"}]}");
            default:
                if (!ServesState || !request.Url.AbsolutePath.EndsWith("/state", StringComparison.Ordinal))
                    return null;
                var tick = request.QueryString["tick"] is { } asked ? ulong.Parse(asked) : _states.Keys.Max();
                return _states.TryGetValue(tick, out var state) ? state : null;
        }
    }

    private sealed class PeerLink(NetPeer peer) : IFakeLink
    {
        public Queue<byte[]> Received { get; } = new();

        public void SendDown(ReadOnlySpan<byte> message, bool reliable) =>
            peer.Send(message, LinkLimits.ReliableChannel, reliable ? DeliveryMethod.ReliableOrdered : DeliveryMethod.Unreliable);

        public bool TryReceive(out byte[] message) => Received.TryDequeue(out message!);
    }
}
