// The manifest: a map of texts, kept as the bytes it came in. Source: WIRE_FORMAT §3, §6.
using System;
using System.Collections.Generic;
using System.Text;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>Entries of a manifest, checked but not yet turned into strings, so that a received one costs nothing until it is wanted.</summary>
public readonly ref struct SystemManifest
{
    private readonly ReadOnlySpan<byte> _entries;

    private SystemManifest(int entryCount, ReadOnlySpan<byte> entries)
    {
        EntryCount = entryCount;
        _entries = entries;
    }

    /// <summary>Entries as received; a repeated key counts each time.</summary>
    public int EntryCount { get; }

    /// <summary>A manifest to send.</summary>
    public static SystemManifest Create(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var into = new ByteWriter();
        var writer = new MessagePackWriter(into);
        var count = 0;
        foreach (var entry in entries)
        {
            writer.WriteString(entry.Key);
            writer.WriteString(entry.Value);
            count++;
        }

        writer.Flush();
        return new SystemManifest(count, into.Written);
    }

    /// <summary>The entries in wire order (keys ascending by UTF-8); of a repeated key the last one.</summary>
    public SortedDictionary<string, string> ToDictionary()
    {
        var entries = new SortedDictionary<string, string>(Utf8Order.Instance);
        var reader = new MessagePackReader(_entries);
        for (var i = 0; i < EntryCount; i++)
        {
            if (!(reader.TryReadString(int.MaxValue, out var key) && reader.TryReadString(int.MaxValue, out var value)))
                break;
            entries[key] = value;
        }

        return entries;
    }

    internal void Write(scoped ref MessagePackWriter writer)
    {
        var entries = ToDictionary();
        writer.WriteMapHead(entries.Count);
        foreach (var entry in entries)
        {
            writer.WriteString(entry.Key);
            writer.WriteString(entry.Value);
        }
    }

    internal static bool TryRead(scoped ref MessagePackReader reader, out SystemManifest value)
    {
        value = default;
        if (!reader.TryBeginMap(out var count))
            return false;
        var entries = reader.Rest;
        for (var i = 0u; i < count; i++)
        {
            if (!(reader.TryReadText(out _) && reader.TryReadText(out _)))
                return false;
        }

        reader.EndSequence();
        value = new SystemManifest((int)count, entries);
        return true;
    }

    /// <summary>Order of the UTF-8 bytes without encoding: UTF-16 order with surrogates moved behind everything else.</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        public static readonly Utf8Order Instance = new();

        public int Compare(string? x, string? y)
        {
            var common = Math.Min(x!.Length, y!.Length);
            for (var i = 0; i < common; i++)
            {
                if (x[i] != y[i])
                    return Rank(x[i]).CompareTo(Rank(y[i]));
            }

            return x.Length.CompareTo(y.Length);
        }

        private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
    }
}
