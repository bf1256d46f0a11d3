// What a built assembly refers to, read from its metadata.
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Aetheris.Architecture.Tests;

internal sealed class AssemblyFile
{
    public AssemblyFile(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        References = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet(StringComparer.Ordinal);
        Types = metadata.TypeReferences.Select(handle => Name(metadata, handle)).ToHashSet(StringComparer.Ordinal);
        Members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{Name(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}")
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Names of referenced assemblies.</summary>
    public IReadOnlySet<string> References { get; }

    /// <summary>Full names of types of other assemblies.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>Members of types of other assemblies, as <c>Namespace.Type.Member</c>.</summary>
    public IReadOnlySet<string> Members { get; }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
