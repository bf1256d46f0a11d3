// A command that could not do what it was asked.
namespace Aetheris.Cli.Operators;

/// <summary>Its message is all that the user sees.</summary>
/// <param name="message">One line.</param>
/// <param name="inner">What happened below.</param>
internal sealed class OperatorException(string message, Exception? inner = null) : Exception(message, inner);
