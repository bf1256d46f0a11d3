// The packages' public surface as text, so that a change of it is seen in review.
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aetheris.Client.Tests;

public class PublicApiTests
{
    private const string Record = "AETHERIS_RECORD_API";

    [Theory]
    [InlineData("Aetheris.Protocol")]
    [InlineData("Aetheris.World")]
    [InlineData("Aetheris.Client")]
    public void Public_api_is_the_committed_one(string assembly)
    {
        var path = Path.Combine(Docs(), "api", assembly + ".txt");
        var api = Describe(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable(Record) == "1")
            File.WriteAllText(path, api);
        var expected = File.ReadAllLines(path);
        var actual = api.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(string.Empty, string.Join('\n', actual.Except(expected).Select(line => "+ " + line).Concat(expected.Except(actual).Select(line => "- " + line))));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Sample_fits_on_a_screen_and_is_the_one_in_the_guide()
    {
        var sample = File.ReadAllText(Path.Combine(Docs(), "samples", "FlySample.cs")).TrimEnd();
        Assert.InRange(sample.Split('\n').Length, 1, 60);
        Assert.Contains(sample, File.ReadAllText(Path.Combine(Docs(), "client.md")), StringComparison.Ordinal);
    }

    private static string Docs([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs"));

    private static string Describe(Assembly assembly)
    {
        var lines = new List<string>();
        foreach (var type in assembly.GetExportedTypes())
        {
            var name = Name(type);
            var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
            var inherited = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) ? [b] : Type.EmptyTypes;
            var bases = inherited.Concat(type.GetInterfaces().Where(i => i.IsPublic)).Select(Name).Order(StringComparer.Ordinal);
            lines.Add($"{name}: {kind} {string.Join(", ", bases)}".TrimEnd());
            const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            lines.AddRange(type.GetMembers(Declared).Select(Member).Where(text => text is not null).Select(text => $"{name}.{text}"));
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal)) + "\n";
    }

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } => Field((FieldInfo)member),
        MethodBase { IsPublic: true } or MethodBase { IsFamily: true } => Method((MethodBase)member),
        _ => null,
    };

    private static string? Field(FieldInfo field)
    {
        if (field.IsSpecialName)
            return null;
        var modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : string.Empty;
        var value = field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : string.Empty;
        return $"{field.Name}: {modifier}{(field.IsInitOnly ? "readonly " : string.Empty)}{Name(field.FieldType)}{value}";
    }

    private static string? Method(MethodBase method)
    {
        // What the compiler makes of records is no decision of anybody's.
        if (method.Name is "PrintMembers" or "<Clone>$" or "GetHashCode" or "ToString" or "get_EqualityContract")
            return null;
        var text = new StringBuilder(method.Name);
        if (method.IsGenericMethodDefinition)
            text.Append('<').AppendJoin(", ", method.GetGenericArguments().Select(a => a.Name)).Append('>');
        text.Append('(').AppendJoin(", ", method.GetParameters().Select(p => (p.IsOut ? "out " : p.IsIn ? "in " : p.ParameterType.IsByRef ? "ref " : string.Empty) + Name(p.ParameterType) + " " + p.Name + (p.IsOptional ? " = …" : string.Empty))).Append(')');
        var modifier = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.IsFamily ? "protected " : string.Empty;
        return $"{text}: {modifier}{(method is MethodInfo info ? Name(info.ReturnType) : "new")}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        var name = type.IsNested ? Name(type.DeclaringType!) + "." + type.Name : type.Namespace is { } space && space.StartsWith("Aetheris", StringComparison.Ordinal) ? space + "." + type.Name : type.Name;
        if (!type.IsGenericType)
            return name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return (tick < 0 ? name : name[..tick]) + "<" + string.Join(", ", type.GetGenericArguments().Select(Name)) + ">";
    }
}
