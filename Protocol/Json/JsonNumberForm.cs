// How floats and bytes look in JSON.
namespace Aetheris.Protocol.Json;

/// <summary>Form of floats and bytes in JSON.</summary>
public enum JsonNumberForm
{
    /// <summary>Vectors: a float is <c>{"f32": "bits"}</c>, bytes are <c>{"hex": "…"}</c> (WIRE_FORMAT §10).</summary>
    Exact,

    /// <summary>People and checks: the shortest number that reads back to the same float32, or "NaN", "Infinity", "-Infinity"; bytes are a hex string.</summary>
    Plain,
}
