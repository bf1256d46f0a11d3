// Reads and writes the little JSON of the two HTTP calls, the same on every runtime.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Aetheris.Client.Matching;

/// <summary>
/// A bounded JSON reader (RFC 8259): objects become dictionaries, arrays lists, numbers doubles. Answers of servers are hostile:
/// depth and length are limited and nothing throws.
/// </summary>
public static class JsonText
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 16;

    /// <summary>Longest text in characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Parses a text; false for anything that is not one JSON value.</summary>
    public static bool TryParse(string text, out object? value)
    {
        value = null;
        if (text.Length > MaxLength)
            return false;
        var position = 0;
        if (!TryValue(text, ref position, 0, out value))
            return false;
        SkipSpace(text, ref position);
        return position == text.Length;
    }

    /// <summary>A string in quotes with everything escaped that must be.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c < ' ')
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static bool TryValue(string text, ref int position, int depth, out object? value)
    {
        value = null;
        SkipSpace(text, ref position);
        if (position >= text.Length || depth > MaxDepth)
            return false;
        switch (text[position])
        {
            case '{':
                return TryObject(text, ref position, depth, out value);
            case '[':
                return TryArray(text, ref position, depth, out value);
            case '"':
                var read = TryString(text, ref position, out var s);
                value = s;
                return read;
            case 't':
                value = true;
                return TryWord(text, ref position, "true");
            case 'f':
                value = false;
                return TryWord(text, ref position, "false");
            case 'n':
                return TryWord(text, ref position, "null");
            default:
                return TryNumber(text, ref position, out value);
        }
    }

    private static bool TryObject(string text, ref int position, int depth, out object? value)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        value = members;
        position++;
        if (TryTake(text, ref position, '}'))
            return true;
        do
        {
            SkipSpace(text, ref position);
            if (!TryString(text, ref position, out var name) || !TryTake(text, ref position, ':') || !TryValue(text, ref position, depth + 1, out var member))
                return false;
            members[name] = member;
        }
        while (TryTake(text, ref position, ','));
        return TryTake(text, ref position, '}');
    }

    private static bool TryArray(string text, ref int position, int depth, out object? value)
    {
        var items = new List<object?>();
        value = items;
        position++;
        if (TryTake(text, ref position, ']'))
            return true;
        do
        {
            if (!TryValue(text, ref position, depth + 1, out var item))
                return false;
            items.Add(item);
        }
        while (TryTake(text, ref position, ','));
        return TryTake(text, ref position, ']');
    }

    private static bool TryString(string text, ref int position, out string value)
    {
        value = string.Empty;
        if (position >= text.Length || text[position] != '"')
            return false;
        position++;
        var result = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == '"')
            {
                value = result.ToString();
                return true;
            }

            if (c < ' ' || (c == '\\' && !TryEscape(text, ref position, out c)))
                return false;
            result.Append(c);
        }

        return false;
    }

    private static bool TryEscape(string text, ref int position, out char c)
    {
        c = '\0';
        if (position >= text.Length)
            return false;
        c = text[position++];
        switch (c)
        {
            case '"' or '\\' or '/':
                return true;
            case 'b':
                c = '\b';
                return true;
            case 'f':
                c = '\f';
                return true;
            case 'n':
                c = '\n';
                return true;
            case 'r':
                c = '\r';
                return true;
            case 't':
                c = '\t';
                return true;
            case 'u' when position + 4 <= text.Length
                && ushort.TryParse(text.AsSpan(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                position += 4;
                c = (char)code;
                return true;
            default:
                return false;
        }
    }

    private static bool TryNumber(string text, ref int position, out object? value)
    {
        var start = position;
        while (position < text.Length && text[position] is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
            position++;
        var read = double.TryParse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        value = number;
        return read;
    }

    private static bool TryWord(string text, ref int position, string word)
    {
        if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0)
            return false;
        position += word.Length;
        return true;
    }

    private static bool TryTake(string text, ref int position, char c)
    {
        SkipSpace(text, ref position);
        if (position >= text.Length || text[position] != c)
            return false;
        position++;
        return true;
    }

    private static void SkipSpace(string text, ref int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n')
            position++;
    }
}
