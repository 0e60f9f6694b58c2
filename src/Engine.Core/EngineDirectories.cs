namespace Engine.Core;

/// <summary>Where things lie below the two roots (design.md, section 4).</summary>
public sealed class EngineDirectories(EngineOptions options)
{
    /// <summary>The data root.</summary>
    public string DataRoot { get; } = options.DataRoot;

    /// <summary>The exec root.</summary>
    public string ExecRoot { get; } = options.ExecRoot;

    /// <summary>The database.</summary>
    public string Database { get; } = Path.Combine(options.DataRoot, "engine.db");

    /// <summary>Compressed layers, configurations and manifests, each named by the hexadecimal digits of its digest.</summary>
    public string Blobs { get; } = Path.Combine(options.DataRoot, "blobs", "sha256");

    /// <summary>Unpacked layers, each named by the hexadecimal digits of its chain id.</summary>
    public string Layers { get; } = Path.Combine(options.DataRoot, "layers");

    /// <summary>A directory a container.</summary>
    public string Containers { get; } = Path.Combine(options.DataRoot, "containers");

    /// <summary>Half-done work, emptied at start.</summary>
    public string Ingest { get; } = Path.Combine(options.DataRoot, "ingest");

    /// <summary>The files in which monitors leave exit codes.</summary>
    public string Exits { get; } = Path.Combine(options.ExecRoot, "exits");

    /// <summary>The runtimes' own state, a directory a runtime.</summary>
    public string Runtimes { get; } = Path.Combine(options.ExecRoot, "runtimes");

    /// <summary>What monitors keep beside the bundle, such as process ids: a directory a container.</summary>
    public string Monitors { get; } = Path.Combine(options.ExecRoot, "monitors");

    /// <summary>Makes all of them that are missing, closed to others.</summary>
    public void Create()
    {
        // 0711 on the roots: a container's processes, remapped or not, must be able to walk to their own root file
        // system, and nobody else needs to read what is there.
        const UnixFileMode walkable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        const UnixFileMode closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var path in (string[])[DataRoot, ExecRoot, Layers, Containers])
        {
            Directory.CreateDirectory(path, walkable);
        }

        foreach (var path in (string[])[Path.GetDirectoryName(Blobs)!, Blobs, Ingest, Exits, Runtimes, Monitors])
        {
            Directory.CreateDirectory(path, closed);
        }
    }
}
