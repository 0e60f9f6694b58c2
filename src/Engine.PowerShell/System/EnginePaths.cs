namespace Engine.Commands;

/// <summary>Where a private engine is found, and where it keeps what it keeps, unless it is told otherwise.</summary>
internal static class EnginePaths
{
    /// <summary>The variable that names another engined.</summary>
    public const string ProgramVariable = "ENGINE_ENGINED";

    /// <summary>The engine's own data: of this user, and never that of the machine's engine.</summary>
    public static string DataRoot => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is ['/', ..] home
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "engine");

    /// <summary>
    /// Sockets and the like, in a directory that only this user can write to: $XDG_RUNTIME_DIR (XDG base directory
    /// specification), else /run for root, else below the data.
    /// </summary>
    public static string ExecRoot => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is ['/', ..] runtime
        ? Path.Combine(runtime, "engine")
        : Environment.IsPrivilegedProcess ? "/run/engine-private" : Path.Combine(DataRoot, "run");

    /// <summary>The program: $ENGINE_ENGINED, the module's own, or the system's.</summary>
    /// <exception cref="EngineException">EngineStartFailed: there is none.</exception>
    public static string Program()
    {
        if (Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } said)
        {
            return File.Exists(said) ? said : throw NotFound($"${ProgramVariable} names '{said}', which is not there.");
        }

        string module = Path.Combine(Path.GetDirectoryName(typeof(EnginePaths).Assembly.Location)!, "engined");
        string[] candidates =
            [Path.Combine(module, "engined"), Path.Combine(module, "engined.dll"), "/usr/bin/engined", "/usr/local/bin/engined"];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw NotFound($"No engined was found at {string.Join(", ", candidates)}. Build it with ./build.ps1, or set ${ProgramVariable}.");
    }

    private static EngineException NotFound(string message) =>
        new(EngineErrorCode.NotFound, EngineErrorReason.EngineStartFailed, message);
}
