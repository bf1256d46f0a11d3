// What a definition knows about one registered component.
namespace Aetheris.World;

/// <summary>One registered component: its number, its place in masks and where its values travel.</summary>
public abstract class ComponentDefinition
{
    private protected ComponentDefinition(int index, ushort kind, string name, bool inFrames)
    {
        Index = index;
        Kind = kind;
        Name = name;
        InFrames = inFrames;
    }

    /// <summary>Position in the definition, 0–62.</summary>
    public int Index { get; }

    /// <summary>Number of the kind (WORLD_RULES §3).</summary>
    public ushort Kind { get; }

    /// <summary>Name; part of the world version.</summary>
    public string Name { get; }

    /// <summary>Whether values ride in frames to gateways; others stay in the room.</summary>
    public bool InFrames { get; }

    /// <summary>The component's bit in masks.</summary>
    public ulong Bit => 1UL << Index;

    /// <summary>Bytes of an empty value in its frame form; those of every value unless it holds texts.</summary>
    internal abstract int EmptySize { get; }

    /// <summary>Whether values hold references, so that their sizes vary.</summary>
    internal abstract bool HoldsReferences { get; }

    internal abstract ComponentColumn CreateColumn(EntityTable table);
}
