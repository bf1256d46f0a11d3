// An address from which nobody may play.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>One ban of an address.</summary>
/// <param name="Address">An IPv4 address, or an IPv6 prefix with /64, as gateways write it.</param>
/// <param name="Reason">Why, in words that whoever comes from there is told; at most <see cref="Ban.MaxReason"/> characters.</param>
/// <param name="By">The operator.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">Until when; null = until it is lifted.</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.address-ban")]
public sealed record AddressBan(
    [property: Id(0)] string Address,
    [property: Id(1)] string Reason,
    [property: Id(2)] PlayerId By,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] DateTimeOffset? Until)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds(DateTimeOffset now) => Until is not { } end || now < end;
}
