namespace Engine.Linux;

/// <summary>
/// A system call that failed, with what it was about. Failures whose meaning does not depend on the call (disk full,
/// not permitted) come as <see cref="EngineException"/> instead, with one of these as the inner exception.
/// </summary>
public sealed class LinuxException : Exception
{
    internal LinuxException(int errno, string call, string? path, string? detail = null)
        : base(Describe(errno, call, path, detail))
    {
        Errno = errno;
        Call = call;
        Path = path;
    }

    /// <summary>The error number, as in errno(3).</summary>
    public int Errno { get; }

    /// <summary>The name of the system call, or of the step, that failed.</summary>
    public string Call { get; }

    /// <summary>The path it was about, or null.</summary>
    public string? Path { get; }

    /// <summary>Nothing is there (ENOENT).</summary>
    public bool IsNotFound => Errno == Tmds.Linux.LibC.ENOENT;

    /// <summary>Something is there already (EEXIST).</summary>
    public bool AlreadyExists => Errno == Tmds.Linux.LibC.EEXIST;

    /// <summary>The object is in use, for instance as a mount point (EBUSY).</summary>
    public bool IsBusy => Errno == Tmds.Linux.LibC.EBUSY;

    /// <summary>The process is gone (ESRCH).</summary>
    public bool NoSuchProcess => Errno == Tmds.Linux.LibC.ESRCH;

    /// <summary>
    /// Resolving the path would have left the root that it was opened under, or met a link that must not be followed
    /// (EXDEV or ELOOP, as openat2(2) gives them).
    /// </summary>
    public bool EscapesRoot => Errno == Tmds.Linux.LibC.EXDEV || Errno == Tmds.Linux.LibC.ELOOP;

    private static string Describe(int errno, string call, string? path, string? detail)
    {
        string text = System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno);
        string about = path is null ? call : $"{call} '{path}'";
        return string.IsNullOrEmpty(detail) ? $"{about}: {text}." : $"{about}: {text} ({detail}).";
    }
}
