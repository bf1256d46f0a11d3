// Where a gateway looks for its silo.
using System.Net;

namespace Aetheris.Hosting.Cluster;

internal sealed record SiloEndpoint(IPEndPoint Address);
