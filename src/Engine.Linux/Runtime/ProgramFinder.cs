using Engine.Linux.Interop;

namespace Engine.Linux.Runtime;

/// <summary>
/// Finds the programs that the engine runs. A service's PATH is often shorter than a person's, so the places that
/// distributions use are searched too.
/// </summary>
public static class ProgramFinder
{
    private static readonly string[] s_places =
        ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/bin", "/sbin", "/usr/libexec", "/usr/libexec/podman", "/usr/lib/podman", "/usr/local/libexec"];

    /// <summary>The absolute path of a program, or null.</summary>
    /// <param name="name">Its file name, or an absolute path, which is only checked.</param>
    public static string? Find(string name)
    {
        if (Path.IsPathRooted(name))
        {
            return IsExecutable(name) ? name : null;
        }

        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(s_places).Where(Path.IsPathRooted).Select(place => Path.Combine(place, name)).FirstOrDefault(IsExecutable);
    }

    /// <summary>The absolute path of a program.</summary>
    /// <param name="name">Its file name, or an absolute path.</param>
    /// <param name="package">What to install when it is missing, such as <c>conmon</c>.</param>
    /// <exception cref="EngineException">It is not there (RuntimeNotFound).</exception>
    public static string Require(string name, string package) =>
        Find(name) ?? throw new EngineException(
            EngineErrorCode.NotSupported, EngineErrorReason.RuntimeNotFound,
            $"The program '{name}' is not installed, or is not executable. Install the package '{package}', or name its path in the configuration.",
            name);

    private static unsafe bool IsExecutable(string path)
    {
        const int Execute = 1;
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            return File.Exists(path) && Tmds.Linux.LibC.access(name, Execute) == 0;
        }
    }
}
