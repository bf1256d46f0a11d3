// A gateway as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>One gateway of the shard.</summary>
/// <param name="Gateway">Its id.</param>
/// <param name="Http">Public base URL.</param>
/// <param name="Connections">Live connections.</param>
/// <param name="Draining">Whether it takes no new ones.</param>
/// <param name="StateBytes">Bytes of codec-2 state that it has sent, as of its last report, at most two seconds ago.</param>
public sealed record AdminGatewayAnswer(string Gateway, string Http, int Connections, bool Draining, long StateBytes);
