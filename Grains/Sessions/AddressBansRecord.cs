// All bans of addresses, in storage.
using Aetheris.Grains.Interfaces.Sessions;

namespace Aetheris.Grains.Sessions;

/// <summary>The list's record in the storage "aetheris". Bounded; what is over leaves it with the next change.</summary>
[GenerateSerializer, Alias("aetheris.session.address-bans.record")]
public sealed class AddressBansRecord
{
    /// <summary>By address in text.</summary>
    [Id(0)] public Dictionary<string, AddressBan> Bans { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Adds a ban in place of an earlier one of its address; false when there are as many as there may be.</summary>
    public bool TryAdd(AddressBan ban, DateTimeOffset now)
    {
        DropOver(now);
        if (Bans.Count >= IAddressBansGrain.MaxBans && !Bans.ContainsKey(ban.Address))
            return false;
        Bans[ban.Address] = ban;
        return true;
    }

    /// <summary>Takes a ban away; false when none held.</summary>
    public bool TryRemove(string address, DateTimeOffset now)
    {
        DropOver(now);
        return Bans.Remove(address);
    }

    /// <summary>Those that hold, newest first.</summary>
    public IReadOnlyList<AddressBan> List(DateTimeOffset now) => [.. Bans.Values.Where(ban => ban.Holds(now)).OrderByDescending(ban => ban.At)];

    private void DropOver(DateTimeOffset now)
    {
        foreach (var (address, ban) in Bans)
        {
            if (!ban.Holds(now))
                Bans.Remove(address);
        }
    }
}
