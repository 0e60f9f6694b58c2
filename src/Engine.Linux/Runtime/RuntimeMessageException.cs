namespace Engine.Linux.Runtime;

/// <summary>The runtime's own words, kept as the cause of an error that says it in the engine's.</summary>
/// <param name="message">The words.</param>
public sealed class RuntimeMessageException(string message) : Exception(message);
