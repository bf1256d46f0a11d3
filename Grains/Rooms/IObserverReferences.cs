// Turns observers into bytes and back: an observer outlives the activation that it subscribed to.
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Grains.Rooms;

/// <summary>The byte form of observers.</summary>
public interface IObserverReferences
{
    /// <summary>Longest byte form that is taken; a longer one is treated as none.</summary>
    const int MaxBytes = 4096;

    /// <summary>The bytes of an observer; empty when it cannot be written.</summary>
    byte[] Write(IRoomObserver observer);

    /// <summary>The observer of some bytes; null for anything else.</summary>
    IRoomObserver? Read(ReadOnlyMemory<byte> reference);
}
