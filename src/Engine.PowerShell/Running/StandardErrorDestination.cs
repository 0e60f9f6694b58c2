namespace Engine;

/// <summary>Where Invoke-Container sends what a container writes to its standard error.</summary>
public enum StandardErrorDestination
{
    /// <summary>To the host, as information records tagged <c>stderr</c>: shown, and not captured with the output.</summary>
    Host = 0,

    /// <summary>To the error stream, an error a line.</summary>
    Error,

    /// <summary>To the output, among the lines of the standard output.</summary>
    Output,

    /// <summary>Nowhere.</summary>
    Ignore,
}
