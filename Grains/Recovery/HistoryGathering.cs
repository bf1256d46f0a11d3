// Collects what gateways offer while a room recovers.
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Recovery;

/// <summary>
/// Waits until every gateway that the snapshot knows has offered its log, or <see cref="AfterFirst"/> has passed since the first offer
/// (DESIGN §3). Where none is offered although some are known, it waits for <see cref="WithoutAny"/>: a match may have found the room
/// before its gateways noticed. Belongs to the grain.
/// </summary>
public sealed class HistoryGathering
{
    /// <summary>Longest wait after the first offer: a starved gateway notices the silence late, and only one that is dead, too, makes the room wait.</summary>
    public static readonly TimeSpan AfterFirst = TimeSpan.FromMilliseconds(700);

    /// <summary>Longest wait for a first offer.</summary>
    public static readonly TimeSpan WithoutAny = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Dictionary<GatewayId, OfferedHistory> _offers = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _firstOffer;

    /// <summary>Nothing is offered yet.</summary>
    public HistoryGathering(TimeProvider time) => _time = time;

    /// <summary>What was offered.</summary>
    public IReadOnlyCollection<OfferedHistory> Offers => _offers.Values;

    /// <summary>Takes an offer; the newest of a gateway counts.</summary>
    /// <param name="gateway">Who called.</param>
    /// <param name="history">Bytes of a RoomHistory; malformed ones offer nothing, but their gateway is here.</param>
    public void Offer(GatewayId gateway, ReadOnlyMemory<byte> history)
    {
        var entries = new List<HistoryEntry>();
        if (!RoomHistory.TryRead(history, out var head, entries) || head.Gateway != gateway)
        {
            head = new HistoryHead(gateway, 0, 0, 0);
            entries.Clear();
        }

        _offers[gateway] = new OfferedHistory(head, entries);
        _firstOffer ??= _time.GetTimestamp();
        _news.TrySetResult();
    }

    /// <summary>Reads how far a gateway has come; all zero for malformed bytes.</summary>
    public static HistoryHead ReadHead(GatewayId gateway, ReadOnlyMemory<byte> history) =>
        RoomHistory.TryRead(history, out var head, []) && head.Gateway == gateway ? head : default;

    /// <summary>Forgets every offer: histories are large, and a room that is open needs none.</summary>
    public void Clear()
    {
        _offers.Clear();
        _firstOffer = null;
    }

    /// <summary>Waits for the offers of some gateways.</summary>
    public async Task WaitAsync(IReadOnlyCollection<GatewayId> expected)
    {
        var began = _time.GetTimestamp();
        while (!HasAll(expected))
        {
            var left = _firstOffer is { } first ? AfterFirst - _time.GetElapsedTime(first) : WithoutAny - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return;
            if (_news.Task.IsCompleted)
                _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await Task.WhenAny(_news.Task, Task.Delay(left, _time));
        }
    }

    private bool HasAll(IReadOnlyCollection<GatewayId> expected)
    {
        foreach (var gateway in expected)
        {
            if (!_offers.ContainsKey(gateway))
                return false;
        }

        return true;
    }
}
