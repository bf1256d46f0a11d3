// Where a gateway looks for silos, in words.
namespace Aetheris.Hosting.Cluster;

/// <param name="Where">Such as "at 127.0.0.1:30000".</param>
/// <param name="Key">The configuration key that says so.</param>
internal sealed record SiloPlace(string Where, string Key);
