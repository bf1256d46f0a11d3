// A transport connection that keeps what is sent.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class FakeTransport : IConnection
{
    public List<(byte[] Bytes, bool Reliable)> Sent { get; } = [];

    public string Transport => "fake";

    public EndPoint? Remote { get; init; }

    public bool IsOpen { get; set; } = true;

    public long SilentMilliseconds { get; set; } = long.MaxValue;

    public ConnectionStats Stats => default;

    /// <summary>Whether every send fails.</summary>
    public bool TakesNothing { get; set; }

    public int Refused { get; private set; }

    public bool Send(ReadOnlySpan<byte> message, bool reliable)
    {
        if (TakesNothing)
        {
            Refused++;
            return false;
        }

        Sent.Add((message.ToArray(), reliable));
        return true;
    }

    public void Close(ReadOnlySpan<byte> lastWords) => IsOpen = false;

    /// <summary>Events that came as the link's batches.</summary>
    public List<RoomEvent> Events()
    {
        var events = new List<RoomEvent>();
        foreach (var (bytes, reliable) in Sent)
        {
            if (bytes[0] != (byte)LinkKind.Events)
                continue;
            Assert.True(reliable);
            Assert.True(EventBatch.TryRead(bytes, out _, out _, events));
        }

        return events;
    }

    /// <summary>Game events of one kind that came as codec-1 messages.</summary>
    public List<(NetworkId Entity, NetworkId Source, ushort Amount)> Codec1Events(GameEventKind kind)
    {
        var events = new List<(NetworkId, NetworkId, ushort)>();
        foreach (var (bytes, reliable) in Sent)
        {
            if (bytes[0] != (byte)LinkKind.Codec1 || !WireEvent.TryRead(bytes.AsSpan(1), out var wire) || wire.Kind != WireEventKind.GameEvent || wire.Game.Kind != kind)
                continue;
            Assert.True(reliable);
            events.Add((wire.Game.Entity, wire.Game.Source, wire.Game.Amount));
        }

        return events;
    }

    /// <summary>Manifests that came.</summary>
    public List<SortedDictionary<string, string>> Manifests()
    {
        var manifests = new List<SortedDictionary<string, string>>();
        foreach (var (bytes, _) in Sent)
        {
            if (bytes[0] == (byte)LinkKind.Codec1 && WireEvent.TryRead(bytes.AsSpan(1), out var wire)
                && wire.Kind == WireEventKind.GameEvent && wire.Game.Kind == GameEventKind.SystemManifest)
            {
                manifests.Add(wire.Game.Manifest.ToDictionary());
            }
        }

        return manifests;
    }

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
