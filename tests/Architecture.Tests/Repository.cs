// The repository's projects and sources, as files.
using System.Xml.Linq;

namespace Aetheris.Architecture.Tests;

internal static class Repository
{
    private const string Solution = "Aetheris.Orleans.sln";

    public static string Root { get; } = FindRoot();

    /// <summary>Projects that are shipped: folder name to project file.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = Directory.GetDirectories(Root)
        .Select(folder => Path.Combine(folder, Path.GetFileName(folder) + ".csproj"))
        .Where(File.Exists)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), XDocument.Load, StringComparer.Ordinal);

    public static IEnumerable<string> ProjectReferences(string project) => Projects[project].Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    public static IEnumerable<string> PackageReferences(string project) => Projects[project].Descendants("PackageReference")
        .Select(reference => reference.Attribute("Include")!.Value);

    /// <summary>Source files of a project or of all shipped projects and tests, without generated ones.</summary>
    public static IEnumerable<string> Sources(string? project = null) =>
        (project is null ? Projects.Keys.Append("tests").Append("benchmarks") : [project])
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !IsBuilt(Path.GetRelativePath(Root, file)));

    /// <summary>The built assembly of a project, in the configuration of these tests.</summary>
    public static AssemblyFile Assembly(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var name = Projects[project].Descendants("AssemblyName").FirstOrDefault()?.Value ?? "Aetheris." + project;
        return new AssemblyFile(Path.Combine(Root, project, "bin", configuration, "net10.0", name + ".dll"));
    }

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));

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
