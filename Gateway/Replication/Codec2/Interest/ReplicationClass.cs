// What kind of thing an entity is to replication; entities of different classes never share a cell.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>A class of entity types and the channels that its cells take, by their distance from the viewer in squares.</summary>
/// <param name="Name">Name in explanations.</param>
/// <param name="Moves">Whether its entities move; moving entities are counted when a room decides between one square and a grid.</param>
/// <param name="Same">Index of the channel in the viewer's own square.</param>
/// <param name="Adjacent">Index of the channel in the eight squares around it.</param>
/// <param name="Far">Index of the channel farther away.</param>
/// <param name="Combat">Index of the channel in the viewer's square and those around it while there is combat.</param>
public sealed record ReplicationClass(string Name, bool Moves, int Same, int Adjacent, int Far, int Combat);
