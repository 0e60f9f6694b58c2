namespace Engine.Linux.Processes;

/// <summary>
/// A child of this process, started with posix_spawn(3): no copy of this process' memory is made, and since all our
/// descriptors close on exec, nothing leaks into a child that another thread starts at the same time.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private readonly ProcessHandle _handle;
    private readonly SemaphoreSlim _reaping = new(1, 1);
    private ExitStatus? _status;

    private ChildProcess(ProcessHandle handle) => _handle = handle;

    /// <summary>The child's number.</summary>
    public int Pid => _handle.Pid;

    /// <summary>Starts a child.</summary>
    /// <exception cref="LinuxException">The program is not there (ENOENT) or is none (ENOEXEC).</exception>
    public static ChildProcess Start(ChildProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int pid = SpawnCall.Spawn(options);

        // The number is ours until the child is collected, which nobody but this object does.
        ProcessHandle handle = ProcessHandle.TryOpen(pid) ?? throw LinuxError.FromLast("pidfd_open", options.FileName);
        return new ChildProcess(handle);
    }

    /// <summary>Waits for the end and collects the child. A cancelled wait leaves it running.</summary>
    public async Task<ExitStatus> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _handle.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await _reaping.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _status ??= _handle.Reap() ?? throw new LinuxException(Tmds.Linux.LibC.ECHILD, "waitid", $"pid {Pid}");
        }
        finally
        {
            _reaping.Release();
        }
    }

    /// <summary>Sends a signal; false when the child has ended.</summary>
    public bool Send(Signal signal) => _handle.Send(signal);

    /// <summary>
    /// Runs a program to its end and gives what it wrote. When the time is over, or the caller cancels, it is killed and
    /// collected before this returns.
    /// </summary>
    /// <param name="options">How to start it; its standard output and error are taken here.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="outputLimit">How much it may write to each of the two, in bytes; writing more fails in the child.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="EngineException">It took too long (<see cref="EngineErrorCode.Timeout"/>).</exception>
    public static async Task<ChildProcessResult> RunAsync(
        ChildProcessOptions options, TimeSpan timeout, int outputLimit = 1 << 20, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using OutputCapture output = OutputCapture.Create(outputLimit);
        using OutputCapture error = OutputCapture.Create(outputLimit);
        Dictionary<int, System.Runtime.InteropServices.SafeHandle> descriptors = new(options.Descriptors) { [1] = output.Handle, [2] = error.Handle };
        using ChildProcess child = Start(options with { Descriptors = descriptors });
        ExitStatus status = await child.WaitOrKillAsync(options.FileName, timeout, cancellationToken).ConfigureAwait(false);
        return new ChildProcessResult(status, output.Read(), error.Read());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        _reaping.Dispose();
    }

    internal async Task<ExitStatus> WaitOrKillAsync(string name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            return await WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Send(Signal.Kill);
            await WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new EngineException(
                EngineErrorCode.Timeout, EngineErrorReason.RuntimeTimedOut,
                $"'{name}' did not end within {timeout.TotalSeconds:0.#} s and was killed.", name);
        }
    }
}
