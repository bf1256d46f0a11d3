// One configuration key, as help and documentation show it.
namespace Aetheris.Hosting.Help;

/// <summary>A key under <c>Aetheris:</c>.</summary>
/// <param name="Name">Without the prefix, such as <c>Room:TickRate</c>.</param>
/// <param name="Default">Default as text.</param>
/// <param name="Meaning">One line.</param>
/// <param name="Roles">Executables that read it.</param>
public sealed record ConfigurationKey(string Name, string Default, string Meaning, ProcessRole Roles);
