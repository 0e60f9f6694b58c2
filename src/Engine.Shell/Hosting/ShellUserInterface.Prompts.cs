using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using Engine.Shell.Interactive;

namespace Engine.Shell.Hosting;

/// <summary>The questions: lines, secrets, fields and choices.</summary>
internal sealed partial class ShellUserInterface
{
    public override string ReadLine() => ReadAnswer(hidden: false);

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (var character in ReadAnswer(hidden: true))
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        ArgumentNullException.ThrowIfNull(descriptions);
        WriteHeading(caption, message);
        return descriptions.ToDictionary(
            field => field.Name, field => PSObject.AsPSObject(new FieldPrompt(this, field).Ask()));
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var prompt = new ChoicePrompt(this, choices, defaultChoice < 0 ? [] : [defaultChoice]);
        WriteHeading(caption, message);
        return prompt.AskOne();
    }

    public Collection<int> PromptForChoice(
        string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices)
    {
        var prompt = new ChoicePrompt(this, choices, [.. defaultChoices ?? []]);
        WriteHeading(caption, message);
        return prompt.AskMany();
    }

    private void WriteHeading(string? caption, string? message)
    {
        foreach (var line in new[] { caption, message })
        {
            if (!string.IsNullOrEmpty(line))
            {
                WriteLine(line);
            }
        }
    }

    private string ReadAnswer(bool hidden)
    {
        if (_nonInteractive)
        {
            throw new HostException(
                "PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
        }

        HideProgress();
        Console.Out.Flush();
        if (Console.IsInputRedirected)
        {
            // An answer that never comes must not count as the default one: that would say yes to a -Confirm.
            return Console.In.ReadLine()
                ?? throw new HostException("Standard input ended before the question was answered.");
        }

        var line = new LineEditor(hidden).ReadLine("");
        return line ?? throw new PipelineStoppedException();
    }
}
