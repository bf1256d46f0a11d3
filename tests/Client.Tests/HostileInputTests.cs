// Whatever arrives, the client neither throws nor grows without bound.
using Aetheris.Client.Connection;
using Aetheris.Client.Matching;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Client.Transport;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using CsCheck;

namespace Aetheris.Client.Tests;

public class HostileInputTests
{
    [Fact]
    public void Random_messages_never_throw() =>
        Gen.Byte[0, 5].SelectMany(kind => Gen.Byte.Array[0, 200].Select(body => (byte[])[kind, .. body])).Array[1, 20].Sample(messages =>
        {
            var (client, _) = InRoom();
            Feed(client, messages);
        }, iter: 2000);

    [Fact]
    public void Mutated_messages_never_throw()
    {
        var (_, samples) = InRoom();
        Gen.Select(Gen.Int[0, samples.Count - 1], Gen.Int[0, 1 << 16], Gen.Byte, Gen.Int[0, 1 << 16]).Array[1, 40].Sample(changes =>
        {
            var (client, _) = InRoom();
            Feed(client, changes.Select(change => Mutate(samples[change.Item1], change.Item2, change.Item3, change.Item4)));
        }, iter: 1000);
    }

    [Fact]
    public void Random_json_never_throws()
    {
        const string Valid = "{\"room\":\"a\",\"connectToken\":\"t\",\"udp\":{\"host\":\"h\",\"port\":5},\"gateways\":[{\"http\":\"http://a\",\"udp\":{\"host\":\"h\",\"port\":5},\"ws\":\"ws://a\"}]}";
        Assert.NotNull(MatchAnswer.FromJson(Valid));
        Assert.Null(MatchAnswer.FromJson(new string('[', 100_000)));
        Gen.String[Gen.Char["{}[]\":,0123456789.eE+-truefalsn\\u "], 0, 60].Sample(text => { _ = JsonText.TryParse(text, out _); });
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Char).Array[1, 4].Sample(changes =>
        {
            var text = Valid.ToCharArray();
            foreach (var (position, c) in changes)
                text[position] = c;
            MatchAnswer.FromJson(new string(text));
        });
    }

    [Fact]
    public void Quoted_text_reads_back() =>
        Gen.String.Sample(text => JsonText.TryParse(JsonText.Quote(text), out var value) && (string?)value == text);

    private static byte[] Mutate(byte[] sample, int position, byte value, int length)
    {
        var copy = sample.ToArray();
        copy[position % copy.Length] = value;
        return length % 3 == 0 ? copy[..(length % copy.Length)] : copy;
    }

    private static void Feed(AetherisClient client, IEnumerable<byte[]> messages)
    {
        ITransportSink sink = client;
        foreach (var message in messages)
        {
            sink.OnMessage(message, reliable: true);
            client.Poll();
        }
    }

    private static (AetherisClient Client, List<byte[]> Samples) InRoom()
    {
        var samples = new List<byte[]>();
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(0.1);
        Assert.Equal(ClientState.InRoom, client.State);
        var writer = new ByteWriter();
        foreach (var kind in Enum.GetValues<ControlKind>())
        {
            writer.Clear();
            new ControlMessage { Kind = kind, Player = client.Player, RoomEpoch = FakeGateway.RoomEpoch, Tick = 50, Text = "room" }.Write(writer);
            samples.Add(writer.Written.ToArray());
        }

        foreach (var kind in Enum.GetValues<RoomEventKind>())
        {
            writer.Clear();
            var position = EventBatch.WriteHead(writer, FakeGateway.RoomEpoch, 50);
            new RoomEvent { Kind = kind, To = client.Player, Tick = 50, Entity = new NetworkId(1), Amount = 40 }.Write(writer);
            EventBatch.PatchCount(writer, position, 1);
            samples.Add(writer.Written.ToArray());
        }

        return (client, samples);
    }
}
