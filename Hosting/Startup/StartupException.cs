// A start that failed for a reason an operator can act on.
namespace Aetheris.Hosting.Startup;

/// <summary>Its message is shown as it is, without a stack trace: it names the configuration key and what to do.</summary>
/// <param name="message">One line.</param>
/// <param name="innerException">What happened below.</param>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
