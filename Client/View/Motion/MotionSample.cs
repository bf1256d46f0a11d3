// Where an entity was at one server tick.
namespace Aetheris.Client.View.Motion;

/// <summary>A received place and velocity.</summary>
internal struct MotionSample
{
    public ulong Tick;
    public float X;
    public float Y;
    public float VX;
    public float VY;
    public float Rotation;
}
