// Why one entity was or was not sent to one client.
namespace Aetheris.Gateway.Http;

/// <summary>Decisions of a replicator, tick by tick.</summary>
/// <param name="Room">The room.</param>
/// <param name="Player">The client's player.</param>
/// <param name="Entity">Network id of the entity.</param>
/// <param name="StalenessTicks">The bound on staleness.</param>
/// <param name="BytesPerSecond">What the client is given at present.</param>
/// <param name="RoundTripTicks">Smoothed round trip, the client's wait to acknowledge included.</param>
/// <param name="Decisions">Oldest first.</param>
public sealed record ExplainAnswer(
    string Room, string Player, ulong Entity, int StalenessTicks, double BytesPerSecond, double RoundTripTicks, IReadOnlyList<ExplainEntry> Decisions);
