// Messages as a client writes them.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests.Fakes;

internal static class Messages
{
    public static byte[] Control(ControlMessage message)
    {
        var writer = new ByteWriter();
        message.Write(writer);
        return writer.Written.ToArray();
    }

    public static byte[] Ping(ulong stamp = 1) => Control(new ControlMessage { Kind = ControlKind.Ping, Stamp = stamp });

    public static byte[] Codec1(in WireEvent wire)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)LinkKind.Codec1);
        wire.Write(writer);
        return writer.Written.ToArray();
    }

    public static byte[] Codec1(WireEventKind kind) => Codec1(new WireEvent { Kind = kind });

    public static byte[] Auth(string token) =>
        Codec1(new WireEvent { Kind = WireEventKind.Auth, SessionToken = System.Text.Encoding.UTF8.GetBytes(token) });

    public static byte[] Update(NetworkId entity, ushort kind, ReadOnlySpan<byte> payload, ulong tick = 1)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)LinkKind.Codec1);
        new FramedUpdate { Entity = entity, Kind = kind, Tick = tick, Payload = payload }.Write(writer);
        return writer.Written.ToArray();
    }

    public static byte[] MoveInput(ulong tick)
    {
        var input = new ByteWriter();
        new InputCommand { Tick = tick, Actions = new InputActions([new PlayerInput { Kind = PlayerInputKind.Move, X = 1, Y = 0 }]) }.Write(input);
        return input.Written.ToArray();
    }

    public static byte[] Fragment(uint id, ushort index, ushort total, ReadOnlySpan<byte> payload) =>
        Codec1(new WireEvent
        {
            Kind = WireEventKind.Fragment,
            Fragment = new FragmentedEvent { MessageId = id, FragmentIndex = index, TotalFragments = total, Payload = payload },
        });
}
