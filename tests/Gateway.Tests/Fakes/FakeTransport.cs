// A transport connection that keeps what is sent.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class FakeTransport : IConnection
{
    public List<(byte[] Bytes, bool Reliable)> Sent { get; } = [];

    public string Transport => "fake";

    public EndPoint? Remote => null;

    public bool IsOpen { get; set; } = true;

    public long SilentMilliseconds { get; set; } = long.MaxValue;

    public ConnectionStats Stats => default;

    public bool Send(ReadOnlySpan<byte> message, bool reliable)
    {
        Sent.Add((message.ToArray(), reliable));
        return true;
    }

    public void Close(ReadOnlySpan<byte> lastWords) => IsOpen = false;

    public List<ControlMessage> Controls()
    {
        var all = new List<ControlMessage>();
        foreach (var (bytes, _) in Sent)
        {
            if (ControlMessage.TryRead(bytes, out var message))
                all.Add(message);
        }

        return all;
    }
}
