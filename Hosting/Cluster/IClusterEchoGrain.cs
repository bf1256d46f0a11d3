// The smallest question that only a working cluster answers.
using Orleans;

namespace Aetheris.Hosting.Cluster;

/// <summary>Runs on whichever silo takes the call. It reads no membership table, so that it also answers while the store is away. Key 0.</summary>
[Alias("aetheris.echo")]
internal interface IClusterEchoGrain : IGrainWithIntegerKey
{
    /// <summary>Answers.</summary>
    [Alias("echo")]
    Task EchoAsync();
}
