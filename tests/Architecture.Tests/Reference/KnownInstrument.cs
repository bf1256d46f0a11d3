// One metric as its reference shows it.
namespace Aetheris.Architecture.Tests.Reference;

/// <summary>A metric.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">counter, gauge or histogram.</param>
/// <param name="Labels">Names of its labels; — for none.</param>
/// <param name="Description">What it means.</param>
/// <param name="Processes">Who has it.</param>
internal sealed record KnownInstrument(string Name, string Type, string Labels, string Description, string Processes);
