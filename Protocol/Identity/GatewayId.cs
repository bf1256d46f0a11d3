// The identity of one start of one gateway process.
namespace Aetheris.Protocol.Identity;

/// <summary>64 random bits per process start, so that a restarted gateway never continues its predecessor's sequence. 0 means the room itself.</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct GatewayId(ulong Value)
{
    /// <summary>Commands that no gateway sent: they carry no sequence.</summary>
    public static GatewayId None => default;

    /// <inheritdoc />
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
