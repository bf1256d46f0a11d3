// Which silos a room may move to.
namespace Aetheris.Grains.Rooms;

/// <summary>Active silos of this silo's WorldVersion.</summary>
public interface IMoveTargets
{
    /// <summary>Finds a silo by its name; null when it is not active or runs another WorldVersion.</summary>
    SiloAddress? Find(string silo);

    /// <summary>Any other silo, the same one for the same room; null when there is none.</summary>
    SiloAddress? FindAny(string room);
}
