// Where to draw an entity now.
namespace Aetheris.Client.View.Motion;

/// <summary>A place between ticks.</summary>
/// <param name="X">Metres.</param>
/// <param name="Y">Metres.</param>
/// <param name="Rotation">Radians.</param>
/// <param name="IsExtrapolated">Whether nothing has been received of that time yet.</param>
public readonly record struct RenderedMotion(float X, float Y, float Rotation, bool IsExtrapolated);
