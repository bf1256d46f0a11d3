// The lengths of all arrays that a room holds, by path: what grew between two looks is what allocated.
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Aetheris.World.Benchmarks;

/// <summary>Walks the fields of an object graph. For measuring only: slow, and by reflection.</summary>
public static class BufferSizes
{
    private const int MaxDepth = 12;

    /// <summary>Path → length of every array reached; each object counts under the first path that leads to it.</summary>
    public static Dictionary<string, int> Of(params object[] roots)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var root in roots)
            Walk(root, root.GetType().Name, found, seen, 0);
        return found;
    }

    private static void Walk(object? value, string path, Dictionary<string, int> found, HashSet<object> seen, int depth)
    {
        if (value is null or string or Delegate or Type or Pointer || depth > MaxDepth || (!value.GetType().IsValueType && !seen.Add(value)))
            return;
        if (value is Array array)
        {
            found[path] = array.Length;
            if (!array.GetType().GetElementType()!.IsValueType)
            {
                for (var i = 0; i < array.Length; i++)
                    Walk(array.GetValue(i), $"{path}[{i}]", found, seen, depth + 1);
            }

            return;
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                // Fields of by-ref-like types cannot be boxed, and primitives lead nowhere.
                if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum && !field.FieldType.IsPointer && !field.FieldType.IsByRefLike && field.FieldType != value.GetType())
                    Walk(field.GetValue(value), path + "." + Name(field), found, seen, depth + 1);
            }
        }
    }

    private static string Name(FieldInfo field) =>
        field.IsDefined(typeof(CompilerGeneratedAttribute)) ? field.Name[1..Math.Max(1, field.Name.IndexOf('>', StringComparison.Ordinal))] : field.Name;
}
