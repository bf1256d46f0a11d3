// One decoder of hostile bytes.
namespace Aetheris.Fuzz.Tests;

/// <summary>Takes cases, one after the other, on one thread. A refusal is silent; whatever it throws is a finding.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Name, and folder of its seeds.</summary>
    public abstract string Name { get; }

    /// <summary>Its part of all cases, in thousandths: cheap ones take more.</summary>
    public abstract int Share { get; }

    /// <summary>Cases until it has the memory that it keeps, where a tenth of all may be too few.</summary>
    public virtual int LeastWarmUp => 0;

    /// <summary>Sound messages, from which the seeds in the repository are recorded.</summary>
    public abstract IEnumerable<byte[]> Examples();

    /// <summary>Tries one case.</summary>
    /// <param name="bytes">May be changed.</param>
    public abstract void Try(Span<byte> bytes);

    /// <summary>Looks for damage that no exception showed.</summary>
    public virtual void Check()
    {
    }
}
