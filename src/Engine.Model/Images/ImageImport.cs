namespace Engine;

/// <summary>What to make of an archive that is imported.</summary>
public sealed record ImageImport
{
    /// <summary>References to give to what is imported, beside those that the archive itself names.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>
    /// Instructions of a Dockerfile (CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER, VOLUME, WORKDIR) to apply
    /// to the configuration of a root file system; an error with any other archive.
    /// </summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>The comment of the layer of a root file system.</summary>
    public string Message { get; init; } = "";

    /// <summary>
    /// The platform to take from an archive of several, or that a root file system is for; null for all of them, or
    /// the host's.
    /// </summary>
    public string? Platform { get; init; }
}
