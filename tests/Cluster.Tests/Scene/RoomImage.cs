// All values of a view as bytes, to tell whether anything in a room has changed.
using System.Text;
using Aetheris.Client.View;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests.Scene;

internal static class RoomImage
{
    /// <summary>A line per value: entity, kind, bytes. Ticks are left out: a value that is repeated has not changed.</summary>
    public static string Of(ClientView view)
    {
        var lines = new List<string>();
        var value = new ByteWriter();
        for (var slot = 0; slot < view.SlotCount; slot++)
        {
            if (view.IdOf(slot) == NetworkId.None)
                continue;
            foreach (var column in view.Columns)
            {
                if (!column.Has(slot))
                    continue;
                value.Clear();
                column.WriteFrameForm(slot, value);
                lines.Add($"entity {view.IdOf(slot)} {column.ValueType.Name} {Convert.ToHexString(value.Written)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }

    /// <summary>The first line in which two images differ.</summary>
    public static string Difference(string before, string after)
    {
        string[] old = before.Split('\n'), young = after.Split('\n');
        return $"came: {young.Except(old, StringComparer.Ordinal).FirstOrDefault() ?? "nothing"}; went: {old.Except(young, StringComparer.Ordinal).FirstOrDefault() ?? "nothing"}";
    }
}
