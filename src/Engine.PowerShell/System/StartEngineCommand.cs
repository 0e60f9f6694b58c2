using System.Diagnostics;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// Starts an engine of this session's own, waits until it answers, and makes it the one that cmdlets talk to. It ends
/// with Stop-Engine or with the session; its containers run on.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "Engine", SupportsShouldProcess = true)]
[OutputType(typeof(EngineConnection))]
public sealed class StartEngineCommand : PSCmdlet
{
    private const int LogLinesShown = 20;

    private static readonly TimeSpan s_retryEvery = TimeSpan.FromMilliseconds(25);

    /// <summary>Where images and containers are kept. By default engine in $XDG_DATA_HOME or ~/.local/share.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? DataRoot { get; set; }

    /// <summary>Where its socket is, and what a reboot may lose. By default engine in $XDG_RUNTIME_DIR, /run/engine-private for root.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? ExecRoot { get; set; }

    /// <summary>Its configuration file. By default engined's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationFile { get; set; }

    /// <summary>How much it writes to its log, engine.log below the exec root.</summary>
    [Parameter]
    [ArgumentCompletions("debug", "info", "warn", "error")]
    [ValidateNotNullOrEmpty]
    public string? LogLevel { get; set; }

    /// <summary>A short name for the connection, for -Engine.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    public string? Name { get; set; }

    /// <summary>How long to wait until it answers: seconds, <c>1m30s</c> or a TimeSpan. By default 30 seconds.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string dataRoot = DataRoot is null ? EnginePaths.DataRoot : GetUnresolvedProviderPathFromPSPath(DataRoot);
        string execRoot = ExecRoot is null ? EnginePaths.ExecRoot : GetUnresolvedProviderPathFromPSPath(ExecRoot);
        if (!ShouldProcess(dataRoot, "Start engine"))
        {
            return;
        }

        try
        {
            WriteObject(Start(dataRoot, execRoot));
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.From(e, dataRoot));
        }
    }

    private EngineConnection Start(string dataRoot, string execRoot)
    {
        const UnixFileMode onlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(execRoot, onlyMine);
        }

        string socket = Path.Combine(execRoot, "engine.sock");
        string log = Path.Combine(execRoot, "engine.log");
        long logStart = File.Exists(log) ? new FileInfo(log).Length : 0;
        List<string> arguments =
            ["--data-root", dataRoot, "--exec-root", execRoot, "--host", $"unix://{socket}"];
        if (ConfigurationFile is not null)
        {
            arguments.AddRange(["--config-file", GetUnresolvedProviderPathFromPSPath(ConfigurationFile)]);
        }

        if (LogLevel is not null)
        {
            arguments.AddRange(["--log-level", LogLevel]);
        }

        RefuseSecond(EngineAddress.OfSocket(socket));
        Process process = PrivateEngine.Start(EnginePaths.Program(), arguments, log);
        var connection = new EngineConnection(EngineAddress.OfSocket(socket)) { Name = Name, ProcessId = process.Id };
        EngineInfo? info = Task.Run(() => AnswerAsync(connection, process, PipelineStopToken)).GetAwaiter().GetResult();
        if (info is null)
        {
            EngineClients.Close(connection);
            throw new EngineException(
                EngineErrorCode.Unavailable,
                EngineErrorReason.EngineStartFailed,
                $"The engine {(process.HasExited ? $"ended with exit code {process.ExitCode}" : $"did not answer within {Timeout}")}. "
                    + $"Its log, {log}, ends:{Environment.NewLine}{Tail(log, logStart)}",
                dataRoot);
        }

        PrivateEngine.Own(connection);
        connection = connection with { Version = info.Version };
        EngineSession.Current.Connect(connection);
        return connection;
    }

    // Another engine's answer would be taken for the new one's, before that has found out that it may not run.
    private void RefuseSecond(Uri address)
    {
        var connection = new EngineConnection(address);
        try
        {
            Task.Run(() => EngineClients.Of(connection).System.GetInfoAsync(PipelineStopToken)).GetAwaiter().GetResult();
        }
        catch (EngineException e) when (e.Code == EngineErrorCode.Unavailable)
        {
            return;
        }
        finally
        {
            EngineClients.Close(connection);
        }

        throw new EngineException(
            EngineErrorCode.AlreadyExists,
            EngineErrorReason.EngineStartFailed,
            $"An engine runs already and answers at {address}. Use it with Connect-Engine {address}, end it with "
                + $"Stop-Engine -Engine {address}, or give the new one another -ExecRoot.",
            address.ToString());
    }

    private async Task<EngineInfo?> AnswerAsync(EngineConnection connection, Process process, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Timeout);
        using var timer = new PeriodicTimer(s_retryEvery);
        try
        {
            while (!process.HasExited)
            {
                try
                {
                    return await EngineClients.Of(connection).System.GetInfoAsync(limit.Token).ConfigureAwait(false);
                }
                catch (EngineException e) when (e.Code == EngineErrorCode.Unavailable)
                {
                    await timer.WaitForNextTickAsync(limit.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
        }
        catch
        {
            // Stopped, or an answer that is none: an engine that nobody knows of is not to be left behind.
            process.Kill();
            throw;
        }

        return null;
    }

    private static string Tail(string log, long from)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(Math.Min(from, file.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return string.Join(Environment.NewLine, reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(LogLinesShown));
    }
}
