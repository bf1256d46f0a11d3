// What became of a batch.
namespace Aetheris.Grains.Pipeline;

/// <summary>What a mailbox did with a batch of commands.</summary>
public enum SubmitOutcome
{
    /// <summary>Everything new in it was taken (possibly nothing).</summary>
    Taken = 0,

    /// <summary>A part was taken and the rest dropped because the mailbox is full: the gateway sends it again.</summary>
    Full = 1,

    /// <summary>It begins after a command that has not arrived: ignored, the gateway sends everything again.</summary>
    Gap = 2,

    /// <summary>Its gateway is not subscribed.</summary>
    UnknownGateway = 3,

    /// <summary>Not a batch.</summary>
    Malformed = 4,
}
