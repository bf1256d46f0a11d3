// All bans.
using Aetheris.Grains.Interfaces.Sessions;

namespace Aetheris.Grains.Sessions;

/// <summary>The list's record in the storage "aetheris".</summary>
[GenerateSerializer, Alias("aetheris.session.bans.record")]
public sealed class BanListRecord
{
    /// <summary>By player id in text.</summary>
    [Id(0)] public Dictionary<string, Ban> Bans { get; set; } = new(StringComparer.Ordinal);
}
