namespace Engine.Linux.Logs;

/// <summary>What to read of a log.</summary>
public sealed record LogReadOptions
{
    /// <summary>Only the last lines, of both streams together; null for all. A line that is not ended yet counts.</summary>
    public long? Tail { get; init; }

    /// <summary>
    /// Follow the log as it grows, until this has completed and all that was written before is read. Null reads what is
    /// there. Give the task that waits for the container's end: when it completes the log is whole.
    /// </summary>
    public Task? Completed { get; init; }
}
