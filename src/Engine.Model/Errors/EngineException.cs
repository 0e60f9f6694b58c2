namespace Engine;

/// <summary>
/// The one exception that the engine's operations throw, on both sides of the wire. It carries what a program decides
/// on (<see cref="Code"/>), what a script matches (<see cref="Reason"/>), the object it is about (<see cref="Target"/>)
/// and a sentence for a person: the object's name, what was wrong, what to do.
/// </summary>
public sealed class EngineException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="reason">A stable word from <see cref="EngineErrorReason"/>; it becomes PowerShell's ErrorId.</param>
    /// <param name="message">A sentence for a person.</param>
    /// <param name="target">The name or id of the object it is about, as the caller gave it; null when there is none.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public EngineException(
        EngineErrorCode code, string reason, string message, string? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Reason = reason;
        Target = target;
    }

    /// <summary>The kind of failure.</summary>
    public EngineErrorCode Code { get; }

    /// <summary>A stable PascalCase word, one of <see cref="EngineErrorReason"/>.</summary>
    public string Reason { get; }

    /// <summary>The name or id of the object that the error is about, or null.</summary>
    public string? Target { get; }
}
