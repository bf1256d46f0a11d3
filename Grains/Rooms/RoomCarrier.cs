// Packs and unpacks rooms by RoomCarriage.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Protocol.Binary;
using Aetheris.World;

namespace Aetheris.Grains.Rooms;

/// <summary>The format of <see cref="RoomCarriage"/> under the rules of this silo.</summary>
internal sealed class RoomCarrier(WorldDefinition definition, IObserverReferences observers) : IRoomCarrier
{
    /// <inheritdoc />
    public byte[] Pack(RoomState state)
    {
        var writer = new ByteWriter(64 * 1024);
        RoomCarriage.Write(writer, state);
        return writer.Written.ToArray();
    }

    /// <inheritdoc />
    public bool TryUnpack(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomState? state, out string reason) =>
        RoomCarriage.TryRead(definition, bytes, observers, out state, out reason);
}
