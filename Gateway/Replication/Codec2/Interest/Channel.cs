// One channel of replication: how urgent what travels on it is.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// A channel (CONTROL_PLANE §2). While bytes are short, the cells on it share them by weight; after <see cref="DueTicks"/> a changed cell
/// is sent whatever the budget says, and what is less urgent pays. So the lower channels are shed first and nothing starves.
/// </summary>
/// <param name="Name">Name in metrics and explanations.</param>
/// <param name="Priority">0 is the most urgent.</param>
/// <param name="Weight">Priority gained per waiting tick, above 0.</param>
/// <param name="DueTicks">Ticks after which a change is sent at any price, 1 to <see cref="MaxDueTicks"/>.</param>
public sealed record Channel(string Name, int Priority, float Weight, int DueTicks)
{
    /// <summary>
    /// Longest wait: a client's base is then still among the 64 ticks that both ends keep, so that what comes is a difference.
    /// An absolute block is several times as large; waiting longer would cost more bytes, not fewer.
    /// </summary>
    public const int MaxDueTicks = 48;
}
