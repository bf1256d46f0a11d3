// All connections of this gateway.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Opens, steps and forgets connections. Edge thread only.</summary>
public sealed class ConnectionSet : IEdgeStep
{
    private const int StepMilliseconds = 5;

    private readonly List<ConnectionStateMachine> _all = [];
    private readonly ConnectionServices _services;
    private readonly AddressCounts _addresses;
    private long _nextStep;
    private int _reserved;
    private int _redirected;
    private int _seenBans;
    private volatile bool _isDraining;

    /// <summary>No connections yet.</summary>
    public ConnectionSet(ConnectionServices services)
    {
        _services = services;
        _addresses = new AddressCounts(services.Options.MaxConnectionsPerAddress ?? 0);
    }

    /// <summary>Connections in any stage. Any thread.</summary>
    public int Count => Volatile.Read(ref _reserved);

    /// <summary>Whether this gateway takes no new connections because it is about to stop. Any thread.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Whether one more connection fits. Any thread.</summary>
    public bool HasPlace => Volatile.Read(ref _reserved) < _services.Options.MaxConnections && !_isDraining;

    /// <summary>Takes a new transport connection with its connect request.</summary>
    /// <param name="transport">The transport connection.</param>
    /// <param name="request">The connect request.</param>
    /// <param name="shown">What a transport knows that let its client in by a connect token; null for the others.</param>
    public ConnectionStateMachine Open(IConnection transport, ReadOnlySpan<byte> request, ConnectClaims? shown = null)
    {
        var hasPlace = HasPlace;
        var isCrowded = !_addresses.TryEnter(transport.Remote);
        var connection = new ConnectionStateMachine(transport, _services, request, shown, _services.Clock.Now);
        _all.Add(connection);
        Volatile.Write(ref _reserved, _all.Count);
        if (!hasPlace)
            connection.Close(IsDraining ? CloseReason.GoingAway : CloseReason.Full, IsDraining ? null : "This gateway is full; try another.");
        else if (_services.Banned.Find(transport.Remote) is { } ban)
            Refuse(connection, "address_banned", CloseReason.Revoked, BannedAddresses.TextOf(ban));
        else if (isCrowded)
            Refuse(connection, "address_connections", CloseReason.Full, "Too many connections come from this address.");
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
        if (_services.Banned.Changes != _seenBans)
            EndBanned();
        var inRoom = 0;
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            var connection = _all[i];
            Contain(connection, now);
            if (connection.Stage == ConnectionStage.InRoom)
                inRoom++;
            if (connection.Stage != ConnectionStage.Closed)
                continue;
            _addresses.Leave(connection.Transport.Remote);
            _all[i] = _all[^1];
            _all.RemoveAt(_all.Count - 1);
        }

        Volatile.Write(ref _reserved, _all.Count);
        _services.Metrics.SetConnected(inRoom);
    }

    /// <summary>Ends a player's connections up to an epoch: the session is over. One that has no epoch yet is judged by the session itself.</summary>
    public void Revoke(PlayerId player, ConnectionEpoch connection)
    {
        foreach (var open in _all)
        {
            if (open.Player == player && open.Connection != ConnectionEpoch.None && open.Connection.Value <= connection.Value)
                open.Close(CloseReason.Revoked);
        }
    }

    /// <summary>Hands a line of chat to everybody here who is in its room.</summary>
    public void Hear(ChatLine line)
    {
        foreach (var open in _all)
            open.Hear(line);
    }

    /// <summary>Connections in their rooms, as operators see them.</summary>
    public LiveSession[] ListSessions()
    {
        var sessions = new List<LiveSession>(_all.Count);
        foreach (var open in _all)
        {
            if (open.ToLiveSession() is { } session)
                sessions.Add(session);
        }

        return [.. sessions];
    }

    /// <summary>No new connections from now on. Any thread.</summary>
    public void BeginDrain() => _isDraining = true;

    /// <summary>Sends players on to other gateways, each once, in turn.</summary>
    /// <param name="others">Where to; at least one.</param>
    /// <param name="most">Most players in this call: all at once would knock at the others' doors together.</param>
    public void Redirect(IReadOnlyList<GatewayListing> others, int most)
    {
        foreach (var connection in _all)
        {
            if (most == 0)
                return;
            var other = others[_redirected % others.Count];
            if (!connection.TryRedirect(other.UdpHost, (ushort)other.UdpPort))
                continue;
            _redirected++;
            most--;
        }
    }

    /// <summary>Closes everything because the gateway stops; the last words leave with the next rounds.</summary>
    public void CloseAll(CloseReason reason)
    {
        BeginDrain();
        foreach (var connection in _all)
            connection.Close(reason);
    }

    private void Refuse(ConnectionStateMachine connection, string label, CloseReason reason, string text)
    {
        _services.Metrics.Drop(label);
        connection.Close(reason, text);
    }

    private void EndBanned()
    {
        _seenBans = _services.Banned.Changes;
        foreach (var connection in _all)
        {
            if (_services.Banned.Find(connection.Transport.Remote) is { } ban)
                connection.Close(CloseReason.Revoked, BannedAddresses.TextOf(ban));
        }
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
