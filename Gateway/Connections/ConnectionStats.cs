// What a connection has sent.
namespace Aetheris.Gateway.Connections;

/// <summary>Counts of one connection.</summary>
/// <param name="Messages">Messages sent.</param>
/// <param name="Bytes">Bytes of them, kind byte included.</param>
/// <param name="Dropped">Messages not taken.</param>
public readonly record struct ConnectionStats(long Messages, long Bytes, long Dropped);
