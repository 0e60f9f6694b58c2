namespace Engine.Shell.CommandLine;

/// <summary>The command line cannot be read; the message says which part and what was expected.</summary>
internal sealed class ShellOptionsException(string message) : Exception(message);
