namespace Engine.Oci.Runtime;

/// <summary>A program that the runtime runs.</summary>
public sealed record RuntimeHook
{
    /// <summary>The program, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Its name and arguments.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Its environment.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Seconds after which it is ended; null waits for ever.</summary>
    public int? Timeout { get; init; }
}
