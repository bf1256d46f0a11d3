// A room in the public list.
namespace Aetheris.Gateway.Http;

/// <summary>What players see of a room.</summary>
/// <param name="Room">Name.</param>
/// <param name="Template">Template it was created from.</param>
/// <param name="Status">Stage of life.</param>
/// <param name="Players">Players.</param>
/// <param name="Capacity">Places; 0 = unlimited.</param>
/// <param name="Access">Access policy.</param>
public sealed record RoomAnswer(string Room, string Template, string Status, int Players, int Capacity, string Access);
