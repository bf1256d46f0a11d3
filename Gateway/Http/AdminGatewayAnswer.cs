// A gateway as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>One gateway of the shard.</summary>
public sealed record AdminGatewayAnswer(string Gateway, string Http, int Connections, bool Draining);
