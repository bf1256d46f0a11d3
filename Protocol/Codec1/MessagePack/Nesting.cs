// Counts how many arrays, maps and ext values of a message are open.
namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>Bounds the nesting of a message, and with it the recursion over it.</summary>
internal struct Nesting
{
    /// <summary>Most values open at once.</summary>
    public const int MaxDepth = 1023;

    private int _depth;

    /// <summary>Opens a value; false when it is one too many.</summary>
    public bool TryEnter() => ++_depth <= MaxDepth;

    /// <summary>Closes a value.</summary>
    public void Leave() => _depth--;
}
