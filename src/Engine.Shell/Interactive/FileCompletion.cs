using System.Buffers;
using System.Management.Automation.Language;

namespace Engine.Shell.Interactive;

/// <summary>Completes the word before the cursor as a path.</summary>
internal static class FileCompletion
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" '\"`$&;|(){}<>@#,");

    /// <summary>The files and folders that begin as the word does; a folder ends in a slash.</summary>
    public static CompletionOffer Complete(string text, int cursor, string currentFolder)
    {
        var start = cursor;
        while (start > 0
            && !char.IsWhiteSpace(text[start - 1])
            && !";|()={},".Contains(text[start - 1], StringComparison.Ordinal))
        {
            start--;
        }

        var word = text[start..cursor].Trim('\'', '"');
        var slash = word.LastIndexOf('/');
        var given = slash < 0 ? "" : word[..(slash + 1)];
        var beginning = word[(slash + 1)..];
        var folder = given.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), given[2..])
            : Path.Combine(currentFolder, given);
        return new CompletionOffer(
            start, cursor - start, [.. Entries(folder, beginning).Select(name => (Quote(given + name), name))]);
    }

    private static List<string> Entries(string folder, string beginning)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name.StartsWith(beginning, StringComparison.Ordinal)
                    && (beginning.StartsWith('.') || !entry.Name.StartsWith('.')))
                .Select(entry => entry is DirectoryInfo ? entry.Name + "/" : entry.Name)
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static string Quote(string path) =>
        path.AsSpan().IndexOfAny(s_special) < 0
            ? path
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(path) + "'";
}
