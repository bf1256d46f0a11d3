// Faults that the self-test plants inside a client, to see whether the figures report them.
namespace Aetheris.Client.Connection;

/// <summary>Each request is carried out once, at the next occasion.</summary>
internal sealed class ClientFaults
{
    /// <summary>Leave the next input out of every packet.</summary>
    public bool DropInput { get; set; }

    /// <summary>Sequence that was left out, 0 before.</summary>
    public uint DroppedSequence { get; set; }

    /// <summary>Change the verifier's copy of the next input.</summary>
    public bool AlterInput { get; set; }

    /// <summary>Sequence whose copy was changed, 0 before.</summary>
    public uint AlteredSequence { get; set; }

    /// <summary>Ignore the next input acknowledgement.</summary>
    public bool WithholdAck { get; set; }

    /// <summary>Tick of the acknowledgement that was ignored, 0 before.</summary>
    public ulong WithheldTick { get; set; }
}
