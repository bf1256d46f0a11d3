// Clients and a room that step together in memory.
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;

namespace Aetheris.Client.Tests.Fakes;

/// <summary>Time passes in steps of a millisecond for the gateway and all clients.</summary>
public sealed class FakeWorldRun
{
    public ManualClock Clock { get; } = new();

    public FakeGateway Gateway { get; }

    public List<AetherisClient> Clients { get; } = [];

    public List<FakeTransport> Transports { get; } = [];

    public byte Codec { get; init; } = 2;

    public ImpairmentOptions Network { get; set; } = new(0, 0, 0, 1);

    public FakeWorldRun() => Gateway = new FakeGateway(Clock);

    /// <summary>Adds and starts a client; its player number is its position.</summary>
    public AetherisClient Add(bool spectate = false, int redundancy = 4)
    {
        var number = Clients.Count + 1;
        var options = new ClientOptions { Room = number.ToString(System.Globalization.CultureInfo.InvariantCulture), Spectate = spectate, Redundancy = redundancy, Codec = Codec, Seed = (ulong)number };
        var client = new AetherisClient(options, Gateway, Clock, () =>
        {
            var transport = new FakeTransport(Gateway, Clock, Network with { Seed = Network.Seed + (ulong)(Transports.Count * 31) });
            Transports.Add(transport);
            return transport;
        });
        Clients.Add(client);
        client.Start();
        return client;
    }

    public void Run(double seconds, Action? eachMillisecond = null)
    {
        var end = Clock.NowMicros + (long)(seconds * 1_000_000);
        while (Clock.NowMicros < end)
        {
            Clock.NowMicros += 1000;
            Gateway.Step();
            eachMillisecond?.Invoke();
            foreach (var client in Clients)
                client.Poll();
        }
    }
}
