// Body of a ban of an address.
namespace Aetheris.Gateway.Http;

/// <summary>Which address to ban.</summary>
/// <param name="Address">IPv4 or IPv6; of the latter the whole /64 is banned.</param>
/// <param name="Reason">Why, in words for whoever comes from there: 1 to 200 characters.</param>
/// <param name="Until">Until when; without it until the ban is lifted.</param>
public sealed record AddressBanRequest(string? Address, string? Reason, DateTimeOffset? Until = null);
