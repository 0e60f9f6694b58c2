using System.Globalization;
using System.Management.Automation.Host;

namespace Engine.Commands.Tests;

/// <summary>A host that keeps what it is shown, and answers each question the same way. "What if" goes nowhere else.</summary>
internal sealed class RecordingHost(bool yes = false) : PSHost
{
    private readonly RecordingInterface _interface = new(yes);

    /// <summary>Each line that was shown.</summary>
    public List<string> Lines => _interface.Lines;

    /// <summary>Each question that was asked.</summary>
    public List<string> Questions => _interface.Questions;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Test";

    public override PSHostUserInterface UI => _interface;

    public override Version Version => new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
