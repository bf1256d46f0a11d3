// What a suspicion score means.
namespace Aetheris.Gateway.Connections;

/// <summary>Levels and bounds of CONTROL_PLANE §4.</summary>
public static class SuspicionLevel
{
    /// <summary>First score that is elevated.</summary>
    public const int Elevated = 100;

    /// <summary>First score that is critical.</summary>
    public const int Critical = 500;

    /// <summary>The score that ends the connection.</summary>
    public const int Kick = 800;

    /// <summary>The level in one word.</summary>
    public static string Of(int suspicion) => suspicion switch
    {
        >= Critical => "critical",
        >= Elevated => "elevated",
        _ => "baseline",
    };
}
