// Everything about codec 2 that a game or an operator decides.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Shared by all rooms and connections of a gateway.</summary>
/// <param name="Channels">What travels how urgently.</param>
/// <param name="Filters">Who may see what; all must agree.</param>
/// <param name="Settings">Rates and reach.</param>
/// <param name="Metrics">Counters.</param>
public sealed record Codec2Rules(
    ChannelRegistry Channels, IReadOnlyList<IInterestFilter> Filters, Codec2Settings Settings, Codec2Metrics Metrics)
{
    /// <summary>The standard channels, the room filter, default settings.</summary>
    public static Codec2Rules Standard() =>
        new(ChannelRegistry.Standard, [new RoomInterestFilter()], new Codec2Settings(), new Codec2Metrics(ChannelRegistry.Standard));
}
