// One way through the code for writing and reading: whoever is encoding passes values in, whoever is decoding gets them back.
namespace Aetheris.Protocol.Codec2;

/// <summary>A binary coder with adaptive contexts. Implemented by structs, so that both directions are compiled separately.</summary>
internal interface IBitCoder
{
    /// <summary>Whether values go in (true) or come out.</summary>
    bool IsEncoding { get; }

    /// <summary>Codes a bit in a context, which learns from it.</summary>
    /// <param name="context">Index of the context.</param>
    /// <param name="bit">0 or 1; ignored when decoding.</param>
    /// <returns>The bit.</returns>
    int Bit(int context, int bit);

    /// <summary>Codes bits that are as likely 0 as 1, highest first.</summary>
    /// <param name="count">0–32.</param>
    /// <param name="value">Their value; ignored when decoding.</param>
    /// <returns>The value.</returns>
    uint Raw(int count, uint value);
}
