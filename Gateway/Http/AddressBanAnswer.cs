// A ban of an address as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>One ban.</summary>
/// <param name="Address">An IPv4 address, or an IPv6 prefix with /64.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">The operator.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">Until when; null = until it is lifted.</param>
public sealed record AddressBanAnswer(string Address, string Reason, string By, DateTimeOffset At, DateTimeOffset? Until);
