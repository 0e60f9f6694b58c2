namespace Engine;

/// <summary>
/// What kind of failure an <see cref="EngineException"/> is: what a program decides on. The set is closed; each code
/// has exactly one gRPC status, one HTTP status and one PowerShell error category.
/// </summary>
public enum EngineErrorCode
{
    /// <summary>A defect of the engine itself. The message carries what is needed to report it.</summary>
    Internal = 0,

    /// <summary>The named object is not there.</summary>
    NotFound,

    /// <summary>The request can never succeed as it was written.</summary>
    InvalidArgument,

    /// <summary>The name or address that was asked for is taken.</summary>
    AlreadyExists,

    /// <summary>The object is there, and its state does not allow the request.</summary>
    Conflict,

    /// <summary>The object is in use, or somebody else is changing it right now; the same request may succeed later.</summary>
    Busy,

    /// <summary>The caller, or the engine on the caller's behalf, may not do this.</summary>
    PermissionDenied,

    /// <summary>The caller did not say who it is, or not credibly.</summary>
    Unauthenticated,

    /// <summary>A limit was reached: disk, memory, number, size.</summary>
    LimitExceeded,

    /// <summary>Something that the request needs does not answer: the engine, a registry, a runtime.</summary>
    Unavailable,

    /// <summary>The work did not end within the time that was allowed for it.</summary>
    Timeout,

    /// <summary>This engine, or this host, cannot do that.</summary>
    NotSupported,

    /// <summary>Data does not match its digest or its format.</summary>
    Corrupt,

    /// <summary>The caller cancelled the request.</summary>
    Cancelled,
}
