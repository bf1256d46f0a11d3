// The connect keys that hold now: one seals, several open.
namespace Aetheris.Auth.Connect;

/// <summary>
/// Replaced as a whole, so that a change of keys never meets a token half-way. Open connections have keys of their own and notice nothing.
/// Thread-safe.
/// </summary>
public sealed class ConnectKeyRing
{
    private volatile Keys _keys = new(null, []);

    /// <summary>Whether tokens can be sealed and opened.</summary>
    public bool IsReady => _keys.Sealing is not null;

    /// <summary>The key that seals now.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public ConnectKey Sealing => _keys.Sealing ?? throw new InvalidOperationException("the connect keys are not there yet");

    /// <summary>Takes other keys from now on.</summary>
    /// <param name="sealing">Seals; also opens.</param>
    /// <param name="opening">Others that open: the previous ones for their grace, the next ones before their time.</param>
    public void Use(ConnectKey sealing, params ReadOnlySpan<ConnectKey> opening)
    {
        ArgumentNullException.ThrowIfNull(sealing);
        _keys = new Keys(sealing, [sealing, .. opening]);
    }

    /// <summary>The key with an id; null when none or no more.</summary>
    public ConnectKey? Find(uint id)
    {
        foreach (var key in _keys.Opening)
        {
            if (key.Id == id)
                return key;
        }

        return null;
    }

    private sealed record Keys(ConnectKey? Sealing, ConnectKey[] Opening);
}
