// Observers by number, without Orleans.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Rooms;

namespace Aetheris.Grains.Tests.Harness;

public sealed class FakeReferences : IObserverReferences
{
    private readonly List<IRoomObserver> _observers = [];

    public byte[] Write(IRoomObserver observer)
    {
        _observers.Add(observer);
        return [(byte)(_observers.Count - 1)];
    }

    public IRoomObserver? Read(ReadOnlyMemory<byte> reference) =>
        reference.Length == 1 && reference.Span[0] < _observers.Count ? _observers[reference.Span[0]] : null;
}
