// Where the executables under test are.
namespace Aetheris.Cluster.Tests;

internal static class Binaries
{
    private const string Solution = "Aetheris.Orleans.sln";

    public static string Root { get; } = FindRoot();

    public static string Standalone => Of("Standalone", "Aetheris.Standalone");

    public static string Silo => Of("Silo", "Aetheris.Silo");

    public static string Gateway => Of("Gateway", "Aetheris.Gateway");

    /// <summary>Debian's Redis.</summary>
    public static string RedisServer => Installed("redis-server");

    /// <summary>Prometheus' checker.</summary>
    public static string Promtool => Installed("promtool");

    /// <summary>Captures packets.</summary>
    public static string Tcpdump => Installed("tcpdump");

    public static string Cli => Of("Cli", "aetheris");

    // The configuration that these tests were built with: …/bin/<configuration>/net10.0/.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    // On a machine without it tests fail, since nothing else shows what they show.
    private static string Installed(string command) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(command + " is missing: install it (test.sh does)");

    private static string Of(string project, string name)
    {
        var path = Path.Combine(Root, project, "bin", Configuration, "net10.0", OperatingSystem.IsWindows() ? name + ".exe" : name);
        Assert.True(File.Exists(path), $"{path} is missing: build the solution with -c {Configuration} first");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no {Solution} above {AppContext.BaseDirectory}");
    }
}
