// Marks calls that do not depend on a single silo to carry them.
using Orleans.CodeGeneration;

namespace Aetheris.Grains.Interfaces.Calls;

/// <summary>
/// A gateway sends such calls over its connections to the silos by turns. Without it Orleans binds each grain to one connection, and a
/// silo that hangs with open sockets holds back the calls to rooms of healthy silos, too, until it is declared dead. For calls that may
/// be lost, repeated and swapped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[InvokableCustomInitializer("AddInvokeMethodOptions", InvokeMethodOptions.Unordered)]
public sealed class ByTurnsAttribute : Attribute;
