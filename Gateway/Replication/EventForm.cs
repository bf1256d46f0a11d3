// How a connection wants its events.
namespace Aetheris.Gateway.Replication;

/// <summary>One way to put a tick's events into messages.</summary>
public enum EventForm
{
    /// <summary>All of them as the link's event batches.</summary>
    Link = 0,

    /// <summary>Those that codec 1 can say, one codec-1 message each.</summary>
    Codec1 = 1,

    /// <summary>The others, as the link's event batches.</summary>
    BesidesCodec1 = 2,
}
