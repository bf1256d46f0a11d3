// JSON objects as aligned columns.
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aetheris.Cli.Operators;

/// <summary>One row per object; numbers to the right, rounded to two places.</summary>
internal static class Table
{
    /// <param name="rows">An array of objects.</param>
    /// <param name="columns">Properties, in order; they are the headings.</param>
    public static string Format(JsonElement rows, params string[] columns)
    {
        var cells = rows.EnumerateArray().Select(row => columns.Select(column => Text(row, column)).ToArray()).Prepend(columns).ToList();
        var widths = columns.Select((_, i) => cells.Max(row => row[i].Length)).ToArray();
        var numeric = columns.Select(column => rows.EnumerateArray().All(row => row.GetProperty(column).ValueKind == JsonValueKind.Number)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            var line = string.Join("  ", row.Select((cell, i) => numeric[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
            text.AppendLine(line.TrimEnd());
        }

        return text.ToString();
    }

    private static string Text(JsonElement row, string column)
    {
        var value = row.GetProperty(column);
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("0.##", CultureInfo.InvariantCulture) : value.ToString();
    }
}
