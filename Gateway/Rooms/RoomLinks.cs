// The links of this gateway, one per room.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Rooms;

/// <summary>Opens links when they are needed and forgets them when they are over. Edge thread only.</summary>
public sealed class RoomLinks : IEdgeStep
{
    private readonly Dictionary<string, RoomLink> _byRoom = new(StringComparer.Ordinal);
    private readonly List<string> _closed = [];
    private readonly IRoomPorts _ports;
    private readonly GatewayId _gateway;
    private readonly WorldDefinition _definition;
    private readonly GatewayOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;

    /// <summary>No links yet.</summary>
    public RoomLinks(IRoomPorts ports, GatewayId gateway, WorldDefinition definition, GatewayOptions options, GatewayMetrics metrics, ILogger<RoomLinks> logger, Codec2Rules? codec2 = null)
    {
        _ports = ports;
        _gateway = gateway;
        _definition = definition;
        _options = options;
        _metrics = metrics;
        _logger = logger;
        Codec2 = codec2 ?? Codec2Rules.Standard();
    }

    /// <summary>What codec 2 sends to whom.</summary>
    public Codec2Rules Codec2 { get; }

    /// <summary>Open links.</summary>
    public int Count => _byRoom.Count;

    /// <summary>Whether every link still has the whole log since its durable tick.</summary>
    public bool IsHistorySafe { get; private set; } = true;

    /// <summary>The link to a room, opened if need be.</summary>
    public RoomLink Get(string room, long now)
    {
        if (_byRoom.TryGetValue(room, out var link) && !link.IsClosed)
            return link;
        RoomLink? opened = null;
        var port = _ports.Open(room, frame => opened?.Receive(frame));
        opened = new RoomLink(room, _gateway, port, _definition, _options, _metrics, _logger, now, Codec2);
        _byRoom[room] = opened;
        return opened;
    }

    /// <summary>The link to a room, if it is open.</summary>
    public RoomLink? Find(string room) => _byRoom.TryGetValue(room, out var link) && !link.IsClosed ? link : null;

    /// <inheritdoc />
    public void Step(long now)
    {
        var safe = true;
        foreach (var (room, link) in _byRoom)
        {
            try
            {
                link.Step(now);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                _metrics.EdgeErrors.Add(1);
                EdgeLog.LinkFailed(_logger, room, exception);
                link.Fail(CloseReason.RoomUnavailable, "The gateway lost the room; try again.");
            }

            safe &= link.Log.IsComplete;
            if (link.IsClosed)
                _closed.Add(room);
        }

        IsHistorySafe = safe;
        foreach (var room in _closed)
            _byRoom.Remove(room);
        _closed.Clear();
    }

    /// <summary>Sends the pending commands of every link.</summary>
    public void Flush(long now)
    {
        foreach (var link in _byRoom.Values)
            link.Flush(now);
    }

    /// <summary>Ends all links.</summary>
    public void CloseAll()
    {
        foreach (var link in _byRoom.Values)
            link.Close();
        _byRoom.Clear();
    }
}
