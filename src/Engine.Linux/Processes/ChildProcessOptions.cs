using System.Runtime.InteropServices;

namespace Engine.Linux.Processes;

/// <summary>How to start a child.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>The program's absolute path: nothing is searched.</summary>
    public required string FileName { get; init; }

    /// <summary>The arguments, without the program's own name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment, as <c>NAME=value</c>; null passes on this process' own.</summary>
    public IReadOnlyList<string>? Environment { get; init; }

    /// <summary>The directory it starts in; null is this process' own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Start it in a session of its own, so that signals to this process' group do not reach it.</summary>
    public bool NewSession { get; init; }

    /// <summary>
    /// Which open files it gets, by the number it finds them at. Of 0, 1 and 2, those not named are /dev/null; of all
    /// others it gets none.
    /// </summary>
    public IReadOnlyDictionary<int, SafeHandle> Descriptors { get; init; } = new Dictionary<int, SafeHandle>();
}
