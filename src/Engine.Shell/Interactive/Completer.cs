using System.Management.Automation;
using Engine.Shell.Hosting;

namespace Engine.Shell.Interactive;

/// <summary>What Tab offers: PowerShell's own completion, and files where that has none.</summary>
internal sealed class Completer(ShellSession session)
{
    /// <summary>The candidates for the word at the cursor, and where that word lies.</summary>
    public CompletionOffer Complete(string text, int cursor)
    {
        using var pipeline = session.CreatePipeline();
        try
        {
            var found = CommandCompletion.CompleteInput(text, cursor, null, pipeline);
            if (found.CompletionMatches.Count > 0)
            {
                return new CompletionOffer(
                    found.ReplacementIndex,
                    found.ReplacementLength,
                    [.. found.CompletionMatches.Select(match => (match.CompletionText, match.ListItemText))]);
            }
        }
        catch (Exception error) when (error is RuntimeException or InvalidOperationException)
        {
            // A completer that fails has nothing to offer; the line stays as it is.
        }

        // PowerShell's own file completion calls Get-ChildItem of a module that is not here.
        var folder = session.Runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath;
        return FileCompletion.Complete(text, cursor, folder);
    }
}
