using System.Globalization;
using System.Text.RegularExpressions;

namespace Engine.Shell.Commands.Objects;

/// <summary>A line that Select-String found.</summary>
/// <param name="Line">The line.</param>
/// <param name="LineNumber">Its number in its file or in the pipeline, from 1.</param>
/// <param name="Path">The file, or "InputStream".</param>
/// <param name="Match">Where it matched; null with -NotMatch.</param>
internal sealed record LineMatch(string Line, int LineNumber, string Path, Match? Match)
{
    /// <summary>The file's name without its folder.</summary>
    public string Filename => System.IO.Path.GetFileName(Path);

    /// <summary>The matches, as scripts written for the original expect them.</summary>
    public IReadOnlyList<Match> Matches => Match is null ? [] : [Match];

    /// <summary>As the original prints it: with its place when it came from a file.</summary>
    public override string ToString() =>
        Path == "InputStream" ? Line : string.Create(CultureInfo.InvariantCulture, $"{Path}:{LineNumber}:{Line}");
}
