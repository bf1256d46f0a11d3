// All connections of this gateway.
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Opens, steps and forgets connections. Edge thread only.</summary>
public sealed class ConnectionSet : IEdgeStep
{
    private const int StepMilliseconds = 5;

    private readonly List<ConnectionStateMachine> _all = [];
    private readonly ConnectionServices _services;
    private long _nextStep;
    private int _reserved;

    /// <summary>No connections yet.</summary>
    public ConnectionSet(ConnectionServices services) => _services = services;

    /// <summary>Connections in any stage. Any thread.</summary>
    public int Count => Volatile.Read(ref _reserved);

    /// <summary>Connections that are being closed for a stop.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Whether one more connection fits. Any thread.</summary>
    public bool HasPlace => Volatile.Read(ref _reserved) < _services.Options.MaxConnections && !IsStopping;

    /// <summary>Takes a new transport connection with its connect request.</summary>
    public ConnectionStateMachine Open(IConnection transport, ReadOnlySpan<byte> request)
    {
        var hasPlace = HasPlace;
        var connection = new ConnectionStateMachine(transport, _services, request, _services.Clock.Now);
        _all.Add(connection);
        Volatile.Write(ref _reserved, _all.Count);
        if (!hasPlace)
            connection.Close(IsStopping ? CloseReason.GoingAway : CloseReason.Full, IsStopping ? null : "This gateway is full; try another.");
        return connection;
    }

    /// <summary>Passes on a message; an exception closes only this connection.</summary>
    public void Receive(ConnectionStateMachine connection, ReadOnlySpan<byte> message, bool reliable)
    {
        try
        {
            connection.Receive(message, reliable);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            connection.Fail(exception);
        }
    }

    /// <inheritdoc />
    public void Step(long now)
    {
        if (now < _nextStep)
            return;
        _nextStep = now + StepMilliseconds;
        var inRoom = 0;
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            var connection = _all[i];
            Contain(connection, now);
            if (connection.Stage == ConnectionStage.InRoom)
                inRoom++;
            if (connection.Stage != ConnectionStage.Closed)
                continue;
            _all[i] = _all[^1];
            _all.RemoveAt(_all.Count - 1);
        }

        Volatile.Write(ref _reserved, _all.Count);
        _services.Metrics.SetConnected(inRoom);
    }

    /// <summary>Closes everything because the gateway stops; the last words leave with the next rounds.</summary>
    public void CloseAll(CloseReason reason)
    {
        IsStopping = true;
        foreach (var connection in _all)
            connection.Close(reason);
    }

    private static void Contain(ConnectionStateMachine connection, long now)
    {
        try
        {
            connection.Step(now);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            connection.Fail(exception);
        }
    }
}
