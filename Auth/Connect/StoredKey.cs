// One key of the cluster's record.
namespace Aetheris.Auth.Connect;

/// <summary>A connect key and its age. Printing it shows only the age.</summary>
/// <param name="CreatedAt">When it was drawn, to the second.</param>
/// <param name="Secret">32 bytes.</param>
public sealed record StoredKey(DateTimeOffset CreatedAt, byte[] Secret)
{
    /// <inheritdoc />
    public override string ToString() => $"key of {CreatedAt:O}";
}
