// Passes over one MessagePack value of any type without keeping it.
namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>Checks what it skips: markers, lengths and nesting, not the UTF-8 of texts.</summary>
internal static class ValueSkipper
{
    /// <summary>Skips one well-formed value; false for anything else.</summary>
    public static bool TrySkip(scoped ref HeadReader heads, scoped ref Nesting nesting)
    {
        if (!heads.TryReadMarker(out var marker))
            return false;
        if (marker is <= Marker.FixPosMax or >= Marker.FixNeg or Marker.Nil or Marker.True or Marker.False)
            return true;
        if (heads.TryReadRaw(marker, out _))
            return true;
        if (heads.TryReadArrayLength(marker, out var count))
            return TrySkipItems(ref heads, ref nesting, count);
        if (heads.TryReadMapLength(marker, out count))
            return TrySkipItems(ref heads, ref nesting, 2UL * count);
        return marker switch
        {
            Marker.UInt8 or Marker.Int8 => heads.TryTake(1, out _),
            Marker.UInt16 or Marker.Int16 => heads.TryTake(2, out _),
            Marker.UInt32 or Marker.Int32 or Marker.Single => heads.TryTake(4, out _),
            Marker.UInt64 or Marker.Int64 or Marker.Double => heads.TryTake(8, out _),
            _ => TrySkipExt(ref heads, ref nesting, marker),
        };
    }

    private static bool TrySkipItems(scoped ref HeadReader heads, scoped ref Nesting nesting, ulong count)
    {
        if (!nesting.TryEnter())
            return false;
        for (; count > 0; count--)
        {
            if (!TrySkip(ref heads, ref nesting))
                return false;
        }

        nesting.Leave();
        return true;
    }

    private static bool TrySkipExt(scoped ref HeadReader heads, scoped ref Nesting nesting, byte marker)
    {
        if (!heads.TryReadExtLength(marker, out var length) || !nesting.TryEnter() || !heads.TryTake(length, out _))
            return false;
        nesting.Leave();
        return true;
    }
}
