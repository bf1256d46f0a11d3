// Observers as the bytes of their Orleans references.
using Aetheris.Grains.Interfaces.Rooms;
using Orleans.Serialization;

namespace Aetheris.Grains.Rooms;

/// <summary>References survive a move and a restart of the room: they name the client and its object (DESIGN §6, migration).</summary>
internal sealed class OrleansObserverReferences(Serializer serializer) : IObserverReferences
{
    /// <inheritdoc />
    public byte[] Write(IRoomObserver observer)
    {
        try
        {
            var bytes = serializer.SerializeToArray(observer);
            return bytes.Length <= IObserverReferences.MaxBytes ? bytes : [];
        }
        catch (Exception)
        {
            // An observer that is no reference (a test's, a local object) lives and dies with this activation.
            return [];
        }
    }

    /// <inheritdoc />
    public IRoomObserver? Read(ReadOnlyMemory<byte> reference)
    {
        if (reference.Length is 0 or > IObserverReferences.MaxBytes)
            return null;
        try
        {
            return serializer.Deserialize<IRoomObserver>(reference);
        }
        catch (Exception)
        {
            // Stored bytes of another build, perhaps: the gateway subscribes again by itself.
            return null;
        }
    }
}
