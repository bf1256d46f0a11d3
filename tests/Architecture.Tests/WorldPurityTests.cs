// World is a pure function of its log: nothing in it can see a clock, a thread, a file or chance.
namespace Aetheris.Architecture.Tests;

public sealed class WorldPurityTests
{
    private static readonly string[] ForbiddenTypes =
    [
        "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process",
        "System.Random", "System.Guid", "System.Environment", "System.Console", "System.AppDomain", "System.GC",
        "System.Security.Cryptography.RandomNumberGenerator", "System.HashCode", "System.Globalization.CultureInfo+Current",
    ];

    private static readonly string[] ForbiddenNamespaces =
    [
        "System.Threading.", "System.IO.", "System.Net.", "System.Linq.", "System.Collections.Concurrent.", "System.Timers.", "System.Reflection.",
    ];

    // Platform transcendentals differ between machines in the last bit; fused operations round once where two are documented.
    private static readonly string[] ForbiddenMembers =
    [
        "System.Math.Sin", "System.Math.Cos", "System.Math.Tan", "System.Math.Atan", "System.Math.Atan2", "System.Math.Pow", "System.Math.Exp",
        "System.Math.Log", "System.MathF.Sin", "System.MathF.Cos", "System.MathF.SinCos", "System.MathF.Tan", "System.MathF.Atan", "System.MathF.Atan2",
        "System.MathF.Pow", "System.MathF.Exp", "System.MathF.Log", "System.MathF.FusedMultiplyAdd", "System.Math.FusedMultiplyAdd",
        "System.Single.FusedMultiplyAdd", "System.MathF.ReciprocalEstimate", "System.MathF.ReciprocalSqrtEstimate",
    ];

    [Fact]
    public void World_uses_no_clock_thread_file_or_chance()
    {
        var types = Repository.Assembly("World").Types;

        Assert.Empty(types.Where(type => ForbiddenTypes.Contains(type, StringComparer.Ordinal)));
        Assert.Empty(types.Where(type => ForbiddenNamespaces.Any(space => type.StartsWith(space, StringComparison.Ordinal))));
    }

    [Fact]
    public void World_computes_the_same_bits_on_every_machine()
    {
        Assert.Empty(Repository.Assembly("World").Members.Intersect(ForbiddenMembers, StringComparer.Ordinal));
    }
}
