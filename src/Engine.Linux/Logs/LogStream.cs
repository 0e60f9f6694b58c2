namespace Engine.Linux.Logs;

/// <summary>Which of its two outputs a container wrote to; with a terminal there is only the first.</summary>
public enum LogStream
{
    /// <summary>Standard output.</summary>
    Output = 1,

    /// <summary>Standard error.</summary>
    Error = 2,
}
