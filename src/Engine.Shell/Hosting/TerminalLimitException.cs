using System.Management.Automation.Host;

namespace Engine.Shell.Hosting;

/// <summary>A terminal cannot do what was asked of the raw user interface.</summary>
internal sealed class TerminalLimitException(string message) : HostException(message);
