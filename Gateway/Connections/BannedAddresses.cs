// The addresses from which this gateway lets nobody in.
using System.Net;
using Aetheris.Grains.Interfaces.Sessions;

namespace Aetheris.Gateway.Connections;

/// <summary>Replaced as a whole; a ban that is over is no ban. Any thread.</summary>
/// <param name="time">Clock.</param>
public sealed class BannedAddresses(TimeProvider time)
{
    private volatile Dictionary<AddressKey, AddressBan> _bans = [];
    private int _changes;

    /// <summary>How often the bans were replaced.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Takes other bans from now on. What is no address is left out.</summary>
    public void Use(IReadOnlyList<AddressBan> bans)
    {
        var next = new Dictionary<AddressKey, AddressBan>(bans.Count);
        foreach (var ban in bans)
        {
            if (AddressKey.TryParse(ban.Address, out var key))
                next[key] = ban;
        }

        _bans = next;
        Interlocked.Increment(ref _changes);
    }

    /// <summary>The ban that holds for an end point; null when there is none, or no address is known.</summary>
    public AddressBan? Find(EndPoint? remote) => AddressKey.Of(remote) is { } key ? Find(key) : null;

    /// <summary>The ban that holds for an address; null when there is none.</summary>
    public AddressBan? Find(IPAddress? address) => address is null ? null : Find(AddressKey.Of(address));

    /// <summary>What whoever comes from a banned address is told.</summary>
    public static string TextOf(AddressBan ban) => $"Nobody is let in from this address: {ban.Reason}";

    private AddressBan? Find(AddressKey key) => _bans.TryGetValue(key, out var ban) && ban.Holds(time.GetUtcNow()) ? ban : null;
}
