// One UDP datagram as somebody on its path sees it.
using System.Net;

namespace Aetheris.Cluster.Tests;

/// <param name="From">Source.</param>
/// <param name="To">Destination.</param>
/// <param name="Bytes">What UDP carries.</param>
internal sealed record CapturedDatagram(IPEndPoint From, IPEndPoint To, byte[] Bytes);
