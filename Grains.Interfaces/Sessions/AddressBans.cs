// The bans of addresses at one moment.
namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>What a gateway takes over.</summary>
/// <param name="Stamp">Another one after every change, by chance: a store that comes back empty is a change, too. 0 is never a stamp.</param>
/// <param name="Bans">Those that hold, newest first; null when the asker's stamp is this one.</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.address-bans.answer")]
public sealed record AddressBans([property: Id(0)] long Stamp, [property: Id(1)] IReadOnlyList<AddressBan>? Bans);
