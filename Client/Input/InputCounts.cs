// Totals over inputs, for the quality figures.
namespace Aetheris.Client.Input;

/// <summary>How many inputs ended how. Sent = Acked + Lost + Unreceived + Rejected + Unverified + those still on their way.</summary>
public struct InputCounts
{
    /// <summary>Inputs sent.</summary>
    public long Sent;

    /// <summary>Inputs shown to be in the room's chain.</summary>
    public long Acked;

    /// <summary>Inputs that the server acknowledged and that are missing from its chain.</summary>
    public long Lost;

    /// <summary>Inputs that never reached a gateway.</summary>
    public long Unreceived;

    /// <summary>Inputs that the room refused with a clock hint.</summary>
    public long Rejected;

    /// <summary>Inputs about which no acknowledgement says anything.</summary>
    public long Unverified;

    /// <summary>Acknowledgements whose chain could not be explained.</summary>
    public long ChainMismatches;

    /// <summary>Inputs without an outcome.</summary>
    public readonly long InFlight => Sent - Acked - Lost - Unreceived - Rejected - Unverified;

    /// <summary>Adds another client's totals.</summary>
    public void Add(in InputCounts other)
    {
        Sent += other.Sent;
        Acked += other.Acked;
        Lost += other.Lost;
        Unreceived += other.Unreceived;
        Rejected += other.Rejected;
        Unverified += other.Unverified;
        ChainMismatches += other.ChainMismatches;
    }
}
