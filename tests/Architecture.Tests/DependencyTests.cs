// The dependency arrows of DESIGN §2.
namespace Aetheris.Architecture.Tests;

public sealed class DependencyTests
{
    // Each project and all that it may know of ours.
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Protocol"] = [],
        ["World"] = ["Protocol"],
        ["Grains.Interfaces"] = ["Protocol"],
        ["Grains"] = ["Grains.Interfaces", "World", "Protocol"],
        ["Auth"] = ["Protocol"],
        ["Hosting"] = [],
        ["Gateway"] = ["Auth", "Grains.Interfaces", "Hosting", "World", "Protocol"],
        ["Client"] = ["World", "Protocol"],
        ["Silo"] = ["Grains", "Hosting"],
        ["Standalone"] = ["Gateway", "Silo", "Grains", "Hosting", "World", "Protocol"],
        ["Cli"] = ["Auth", "Client", "World", "Protocol"],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects.Keys];

    [Fact]
    public void Every_project_has_its_arrows()
    {
        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), Repository.Projects.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_names_only_allowed_projects(string project)
    {
        Assert.Empty(Repository.ProjectReferences(project).Except(Arrows[project], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_allowed_projects(string project)
    {
        var ours = Repository.Assembly(project).References.Where(name => name.StartsWith("Aetheris.", StringComparison.Ordinal));

        Assert.Empty(ours.Select(name => name["Aetheris.".Length..]).Except(Arrows[project], StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Protocol", "Orleans", "LiteNetLib", "Microsoft.AspNetCore", "Microsoft.Extensions")]
    [InlineData("World", "Orleans", "LiteNetLib", "Microsoft.AspNetCore", "Microsoft.Extensions")]
    [InlineData("Client", "Orleans", "Microsoft.AspNetCore")]
    [InlineData("Auth", "Orleans", "LiteNetLib", "Microsoft.AspNetCore")]
    [InlineData("Grains.Interfaces", "LiteNetLib", "Microsoft.AspNetCore")]
    [InlineData("Grains", "LiteNetLib", "Microsoft.AspNetCore")]
    [InlineData("Cli", "Orleans", "Microsoft.AspNetCore")]
    public void A_project_knows_nothing_of_what_is_not_its_business(string project, params string[] families)
    {
        var assembly = Repository.Assembly(project);

        foreach (var family in families)
        {
            Assert.DoesNotContain(assembly.References, name => name.StartsWith(family, StringComparison.Ordinal));
            Assert.DoesNotContain(Repository.PackageReferences(project), name => name.Contains(family, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Client")]
    public void Only_rooms_run_the_simulation(string project)
    {
        Assert.DoesNotContain(Repository.Assembly(project).Types, type => type.EndsWith(".RoomWorld", StringComparison.Ordinal));
    }

    [Fact]
    public void The_pipeline_knows_no_Orleans()
    {
        var sources = Repository.Sources("Grains").Where(file => file.Contains($"{Path.DirectorySeparatorChar}Pipeline{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, file => Assert.DoesNotContain("using Orleans", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
