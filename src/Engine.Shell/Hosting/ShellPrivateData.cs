namespace Engine.Shell.Hosting;

/// <summary>
/// What <c>$Host.PrivateData</c> holds: the way from a cmdlet to its host, past the wrapper that PowerShell puts around
/// it.
/// </summary>
internal sealed class ShellPrivateData(ShellUserInterface ui)
{
    // A method, not a property: a user who prints $Host.PrivateData sees nothing of it.
    internal ShellUserInterface GetUserInterface() => ui;

    /// <summary>The shell's version, as text.</summary>
    public string ShellVersion { get; } = typeof(ShellPrivateData).Assembly.GetName().Version!.ToString(3);
}
