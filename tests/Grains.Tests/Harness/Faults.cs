// What may go wrong when a room leaves a silo, on demand.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Silos;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Tests.Harness;

/// <summary>Shared by the silos of a test; every fault is used up by the room that meets it.</summary>
public sealed class Faults : ILoggerProvider, ILogger
{
    private Fault _next;

    public enum Fault
    {
        None,
        PackThrows,
        BytesChange,
        BytesAreCut,
        UnpackThrows,
        PlacedOnTheSameSilo,
        DeactivationThrows,
        SiloWasDeclaredDead,
    }

    public void Arm(Fault fault) => _next = fault;

    public bool Take(Fault fault)
    {
        if (_next != fault)
            return false;
        _next = Fault.None;
        return true;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
        // Nothing is held.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    /// <summary>The log line of a leaving room is inside of its deactivation: throwing from it throws there.</summary>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_next == Fault.DeactivationThrows && formatter(state, exception).Contains("leaves:", StringComparison.Ordinal) && Take(Fault.DeactivationThrows))
            throw new InvalidOperationException("the deactivation throws");
    }

    internal sealed class Carrier(RoomCarrier inner, Faults faults) : IRoomCarrier
    {
        public byte[] Pack(RoomState state)
        {
            if (faults.Take(Fault.PackThrows))
                throw new InvalidOperationException("the packing throws");
            var bytes = inner.Pack(state);
            if (faults.Take(Fault.BytesChange))
                bytes[bytes.Length / 2] ^= 1;
            return faults.Take(Fault.BytesAreCut) ? bytes[..(bytes.Length / 2)] : bytes;
        }

        public bool TryUnpack(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomState? state, out string reason)
        {
            if (faults.Take(Fault.UnpackThrows))
                throw new InvalidOperationException("the unpacking throws");
            return inner.TryUnpack(bytes, out state, out reason);
        }
    }

    internal sealed class Standing(SiloStanding inner, Faults faults) : ISiloStanding
    {
        public async Task<bool> IsDeclaredDeadAsync() => faults.Take(Fault.SiloWasDeclaredDead) || await inner.IsDeclaredDeadAsync();
    }

    internal sealed class Targets(MoveTargets inner, ILocalSiloDetails self, Faults faults) : IMoveTargets
    {
        public SiloAddress? Find(string silo) => faults.Take(Fault.PlacedOnTheSameSilo) ? self.SiloAddress : inner.Find(silo);

        public SiloAddress? FindAny(string room) => inner.FindAny(room);
    }
}
