// State of codec 2 and everything else a gateway sends, into a whole client.
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Client.Transport;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class Codec2Target : FuzzTarget
{
    private const int SampleCount = 24;
    private const int CasesPerClient = 500;

    private FakeWorldRun _run = new();
    private readonly List<byte[]> _samples = [];
    private AetherisClient? _client;
    private long _tried;

    public override string Name => "codec2";

    public override int Share => 20;

    public override IEnumerable<byte[]> Examples()
    {
        Join();
        _run.Transports[^1].Alter = bytes =>
        {
            if (bytes[0] == 2 && _samples.Count < SampleCount)
                _samples.Add(bytes[..Math.Min(bytes.Length, 700)].ToArray());
            return true;
        };
        _run.Run(2);
        return _samples;
    }

    public override void Try(Span<byte> bytes)
    {
        // A client that has seen the newest seed refuses all older ones.
        if (_client is not { State: ClientState.InRoom } || ++_tried % CasesPerClient == 0)
            Join();
        ((ITransportSink)_client!).OnMessage(bytes, reliable: false);
    }

    private void Join()
    {
        _client?.Dispose();
        _run = new FakeWorldRun();
        _client = _run.Add();
        _run.Run(0.2);
        Assert.Equal(ClientState.InRoom, _client.State);
    }
}
