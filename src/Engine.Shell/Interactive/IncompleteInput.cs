using System.Management.Automation.Language;

namespace Engine.Shell.Interactive;

/// <summary>Tells a command that goes on in the next line from a wrong one.</summary>
internal static class IncompleteInput
{
    /// <summary>Whether the only thing wrong with the text is that it ends too early.</summary>
    public static bool Is(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
