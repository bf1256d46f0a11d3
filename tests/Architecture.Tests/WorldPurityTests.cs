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
        // Attributes are written by the compiler and run nothing; hashing only shares its namespace with files.
        var types = Repository.Assembly("World").Types
            .Where(type => !type.EndsWith("Attribute", StringComparison.Ordinal) && !type.StartsWith("System.IO.Hashing.", StringComparison.Ordinal)).ToList();

        var forbidden = types.Intersect(ForbiddenTypes, StringComparer.Ordinal)
            .Concat(types.Where(type => ForbiddenNamespaces.Any(space => type.StartsWith(space, StringComparison.Ordinal)))).ToList();
        Assert.Empty(forbidden);
    }

    [Fact]
    public void These_checks_see_what_an_assembly_uses()
    {
        Assert.Contains("System.Threading.Thread", Repository.Assembly("Grains").Types);
        Assert.Contains("System.TimeProvider.GetUtcNow", Repository.Assembly("Auth").Members);
    }

    [Fact]
    public void World_computes_the_same_bits_on_every_machine()
    {
        Assert.Empty(Repository.Assembly("World").Members.Intersect(ForbiddenMembers, StringComparer.Ordinal));
    }
}
