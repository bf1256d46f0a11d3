// One channel of replication: how urgent what travels on it is.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>A channel (CONTROL_PLANE §2). Its weight is what a cell on it gains in priority per tick while it waits.</summary>
/// <param name="Name">Name in metrics and explanations.</param>
/// <param name="Priority">0 is the most urgent; 0 and 1 are never shed.</param>
/// <param name="Weight">Priority gained per waiting tick, above 0: nothing starves.</param>
public sealed record Channel(string Name, int Priority, float Weight)
{
    /// <summary>Whether a lack of bytes may hold it back. Channels 0 and 1 borrow from later ticks instead.</summary>
    public bool IsSheddable => Priority > 1;
}
