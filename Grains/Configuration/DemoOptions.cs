// Something to see for newcomers.
namespace Aetheris.Grains.Configuration;

/// <summary>Section <c>Aetheris:Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Server-side pilots in the default room, 0–200; 8 in Development, else 0.</summary>
    public int Pilots { get; set; }
}
