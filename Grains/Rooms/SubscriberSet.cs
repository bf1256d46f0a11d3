// The gateways that receive a room's frames, and how long each has been silent.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// Gateway → observer and its last sign of life. A gateway that is silent for a second gets no more frames until it subscribes
/// again; after six it is gone (DESIGN §3). Thread-safe; its lock is held for moments only.
/// </summary>
public sealed partial class SubscriberSet : IFrameSink
{
    /// <summary>Silence after which frames stop.</summary>
    public static readonly TimeSpan UnsubscribeAfter = TimeSpan.FromSeconds(1);

    /// <summary>Silence after which the gateway counts as gone.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromSeconds(6);

    private readonly object _lock = new();
    private readonly Dictionary<GatewayId, Subscriber> _known = [];
    private readonly TimeProvider _time;
    private readonly GrainMetrics _metrics;
    private readonly ILogger _logger;
    private Subscriber[] _receiving = [];
    private volatile bool _stopped;

    /// <summary>Creates an empty set.</summary>
    public SubscriberSet(TimeProvider time, GrainMetrics metrics, ILogger logger)
    {
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Gateways that receive frames.</summary>
    public int Receiving => Volatile.Read(ref _receiving).Length;

    /// <summary>Starts or refreshes a gateway's frames.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="observer">Where they go.</param>
    /// <param name="reference">The observer in bytes, to be carried and stored.</param>
    public void Add(GatewayId gateway, IRoomObserver observer, byte[] reference)
    {
        lock (_lock)
        {
            _known[gateway] = new Subscriber(gateway, observer, reference, _time.GetTimestamp()) { Receives = true };
            Publish();
        }
    }

    /// <summary>Takes over a subscription that was made elsewhere: its silence counts from now.</summary>
    public void Restore(in SubscriberState state)
    {
        lock (_lock)
        {
            _known[state.Gateway] = new Subscriber(state.Gateway, state.Observer, state.Reference, _time.GetTimestamp())
            {
                Receives = state.Receives && state.Observer is not null,
                AckEpoch = state.AckEpoch,
                AckSeq = state.AckSeq,
            };
            Publish();
        }
    }

    /// <summary>Every known subscription. Allocates.</summary>
    public List<SubscriberState> Capture()
    {
        lock (_lock)
        {
            var states = new List<SubscriberState>(_known.Count);
            foreach (var subscriber in _known.Values)
                states.Add(subscriber.ToState());
            return states;
        }
    }

    /// <summary>Appends every known subscription as a section. Allocates nothing.</summary>
    public void WriteTo(ByteWriter writer)
    {
        lock (_lock)
        {
            writer.WriteUInt16((ushort)_known.Count);
            foreach (var subscriber in _known.Values)
                RoomSections.WriteSubscriber(writer, subscriber.ToState());
        }
    }

    /// <summary>Ends all sending for good, at once and without waiting for anything.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Whether every gateway that receives frames has acknowledged one of an epoch.</summary>
    public bool HaveAdopted(uint epoch)
    {
        lock (_lock)
        {
            foreach (var subscriber in _known.Values)
            {
                if (subscriber.Receives && subscriber.AckEpoch < epoch)
                    return false;
            }

            return true;
        }
    }

    /// <summary>Ends a gateway's frames; it stays known until it is gone.</summary>
    public void Remove(GatewayId gateway)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(gateway, out var subscriber))
                subscriber.Receives = false;
            Publish();
        }
    }

    /// <summary>Notes a sign of life and the newest frame that a gateway has applied.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="epoch">Epoch of that frame.</param>
    /// <param name="seq">Its seq.</param>
    public void Acknowledge(GatewayId gateway, uint epoch, ulong seq)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(gateway, out var subscriber))
                return;
            subscriber.LastSign = _time.GetTimestamp();
            if (epoch > subscriber.AckEpoch || (epoch == subscriber.AckEpoch && seq > subscriber.AckSeq))
            {
                subscriber.AckEpoch = epoch;
                subscriber.AckSeq = seq;
            }
        }
    }

    /// <summary>The newest frame that a gateway has acknowledged.</summary>
    public bool TryGetAcknowledged(GatewayId gateway, out uint epoch, out ulong seq)
    {
        lock (_lock)
        {
            var known = _known.TryGetValue(gateway, out var subscriber);
            epoch = subscriber?.AckEpoch ?? 0;
            seq = subscriber?.AckSeq ?? 0;
            return known;
        }
    }

    /// <summary>Stops the frames of silent gateways and forgets those that are gone.</summary>
    /// <param name="gone">Receives the gateways that are gone.</param>
    public void Sweep(List<GatewayId> gone)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var first = gone.Count;
            var stopped = false;
            foreach (var subscriber in _known.Values)
            {
                var silence = _time.GetElapsedTime(subscriber.LastSign, now);
                if (subscriber.Receives && silence >= UnsubscribeAfter)
                {
                    subscriber.Receives = false;
                    stopped = true;
                    _metrics.GatewaysLost.Add(1);
                    LogSilent(_logger, subscriber.Gateway);
                }

                if (silence >= GoneAfter)
                    gone.Add(subscriber.Gateway);
            }

            for (var i = first; i < gone.Count; i++)
                _known.Remove(gone[i]);
            if (stopped)
                Publish();
        }
    }

    /// <inheritdoc />
    public void Send(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        var receiving = Volatile.Read(ref _receiving);
        if (receiving.Length == 0 || _stopped)
            return;

        // One copy for all: a message may still be in a queue when the ring reuses its buffer.
        var bytes = frame.ToArray();
        foreach (var subscriber in receiving)
        {
            if (subscriber.Observer is { } observer)
                SendTo(observer, bytes);
        }

        _metrics.FramesSent.Add(receiving.Length);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {Gateway} acknowledged nothing for a second: no more frames until it subscribes again")]
    private static partial void LogSilent(ILogger logger, GatewayId gateway);

    private void SendTo(IRoomObserver observer, byte[] bytes)
    {
        try
        {
            var sending = observer.OnFrameAsync(bytes);
            if (!sending.IsCompletedSuccessfully)
                _ = CountFaultAsync(sending);
        }
        catch (Exception)
        {
            // A gateway that cannot be reached must not stop the room: it is unsubscribed when its acknowledgements stay away.
            _metrics.FrameSendFaults.Add(1);
        }
    }

    private async Task CountFaultAsync(Task sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception)
        {
            _metrics.FrameSendFaults.Add(1);
        }
    }

    private void Publish()
    {
        var receiving = new List<Subscriber>(_known.Count);
        foreach (var subscriber in _known.Values)
        {
            if (subscriber.Receives)
                receiving.Add(subscriber);
        }

        Volatile.Write(ref _receiving, receiving.ToArray());
    }
}
