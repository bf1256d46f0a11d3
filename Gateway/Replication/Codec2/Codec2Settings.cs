// What a gateway's settings say about codec 2.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Rates and reach for every client of a gateway.</summary>
/// <param name="BytesPerSecond">Most payload bytes of state per second and client.</param>
/// <param name="MinBytesPerSecond">Rate that loss and delay do not push below.</param>
/// <param name="JoinBytesPerSecond">Most bytes per second until a client has received everything once.</param>
/// <param name="InterestMetres">How far a viewer sees; squares that it touches count.</param>
public sealed record Codec2Settings(
    int BytesPerSecond = 64_000, int MinBytesPerSecond = 8_000, int JoinBytesPerSecond = 128_000, float InterestMetres = 500);
