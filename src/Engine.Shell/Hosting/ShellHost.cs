using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Engine.Shell.Hosting;

/// <summary>The console as PowerShell sees it.</summary>
internal sealed class ShellHost : PSHost
{
    /// <summary>What <c>$Host.Name</c> says.</summary>
    public const string HostName = "Engine.Shell";

    private readonly ShellUserInterface _ui;
    private readonly PSObject _privateData;

    public ShellHost(ShellUserInterface ui)
    {
        _ui = ui;
        _privateData = PSObject.AsPSObject(new ShellPrivateData(ui));
    }

    /// <summary>The code that a script's <c>exit</c> asked for, or null while nothing did.</summary>
    public int? ExitCode { get; set; }

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => HostName;

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSObject PrivateData => _privateData;

    public override void SetShouldExit(int exitCode) => ExitCode ??= exitCode;

    // A native command gets the terminal as it is: there is no state of the shell's own to put aside.
    public override void NotifyBeginApplication() => _ui.HideProgress();

    public override void NotifyEndApplication()
    {
    }

    public override void EnterNestedPrompt() =>
        throw new PSNotSupportedException(
            "Engine.Shell has no nested prompt: answer the question with Yes, No or Halt.");

    public override void ExitNestedPrompt()
    {
    }
}
