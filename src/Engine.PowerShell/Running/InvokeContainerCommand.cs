using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Runs a program in a new container, and hands its output to the pipeline as it comes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Container", DefaultParameterSetName = Attached, SupportsShouldProcess = true)]
[OutputType(typeof(string), ParameterSetName = [Attached])]
[OutputType(typeof(byte), ParameterSetName = [Attached])]
[OutputType(typeof(Container), ParameterSetName = [Attached, Detached])]
public sealed partial class InvokeContainerCommand : ContainerCreationCmdlet
{
    private const string Attached = "Attached";
    private const string Detached = "Detached";

    // What docker run ends with when it is the engine that failed, not the program.
    private const int EngineFailed = 125;

    /// <summary>Starts the container, writes it to the pipeline and leaves it running. It is kept unless -AutoRemove says otherwise.</summary>
    [Parameter(ParameterSetName = Detached, Mandatory = true)]
    public SwitchParameter Detach { get; set; }

    /// <summary>Keeps the container after its end.</summary>
    [Parameter(ParameterSetName = Attached)]
    public SwitchParameter Keep { get; set; }

    /// <summary>Writes the bytes of the standard output to the pipeline, as they are, instead of lines of text.</summary>
    [Parameter(ParameterSetName = Attached)]
    public SwitchParameter AsByteStream { get; set; }

    /// <summary>Where the standard error goes: Host (the default), Error, Output or Ignore.</summary>
    [Parameter(ParameterSetName = Attached)]
    public StandardErrorDestination StandardError { get; set; }

    /// <summary>
    /// How long the container may run: seconds, <c>1m30s</c> or a TimeSpan. Then it is stopped, as Stop-Container does,
    /// which may take its stop timeout.
    /// </summary>
    [Parameter(ParameterSetName = Attached)]
    [DurationTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Writes the container, with its exit code, to the pipeline after its output.</summary>
    [Parameter(ParameterSetName = Attached)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (EngineConnection engine in Engines)
        {
            if (!ShouldProcess(Description, "Run"))
            {
                continue;
            }

            try
            {
                Run(engine);
            }
            catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
            {
                SetExitCode(ExitCodeOf(e));
                WriteError(ErrorRecords.From(e, Name ?? Image));
            }
        }
    }

    private void Run(EngineConnection engine)
    {
        // The engine removes it, and not this session: it is gone even when the session dies first.
        ContainerConfiguration configuration = Configure();
        bool removed = !Detach && (!Keep || AutoRemove);
        Container container = Create(engine, configuration with { AutoRemove = removed || AutoRemove });
        if (Detach)
        {
            StartDetached(engine, container);
            return;
        }

        _lines = new LineAssembler();
        var run = new ContainerRun(container, engine, removed);
        ContainerExit? exit = null;
        try
        {
            PipelinePump.Run(
                async pump => exit = await run.RunAsync(entry => Receive(pump, entry), Timeout, pump.Stopped)
                    .ConfigureAwait(false),
                PipelineStopToken);
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        WriteRest();
        Finish(run, container, exit!, removed);
    }

    private void StartDetached(EngineConnection engine, Container container)
    {
        Await(stop => EngineClients.Of(engine).Containers.StartAsync(container.Id, stop));
        try
        {
            WriteObject(Await(stop => EngineClients.Of(engine).Containers.GetAsync(container.Id, size: false, stop)));
        }
        catch (EngineException e) when (e.Code == EngineErrorCode.NotFound && AutoRemove)
        {
            // It has ended, and was removed, in the meantime.
            WriteObject(container with { State = ContainerState.Removing });
        }
    }

    private void Finish(ContainerRun run, Container container, ContainerExit exit, bool removed)
    {
        SetExitCode(exit.ExitCode);
        if (PassThru)
        {
            WriteObject(removed
                ? container with { State = ContainerState.Removing, Status = "Removed", ExitCode = exit.ExitCode }
                : Await(stop => EngineClients.Of(container.Engine!).Containers.GetAsync(container.Id, size: false, stop)));
        }

        if (run.TimedOut)
        {
            WriteError(ErrorRecords.From(
                new EngineException(
                    EngineErrorCode.Timeout,
                    EngineErrorReason.TimedOut,
                    $"Container '{container.Name}' was stopped after {Timeout}, with exit code {exit.ExitCode}."),
                container));
        }
        else if (exit.ExitCode != 0)
        {
            string why = exit.Error.Length > 0 ? $": {exit.Error}" : "";
            var error = new EngineException(
                EngineErrorCode.Conflict,
                EngineErrorReason.ContainerExitedNonZero,
                $"Container '{container.Name}' of image '{Image}' ended with exit code {exit.ExitCode}{why}.");
            error.Data["ExitCode"] = exit.ExitCode;
            WriteError(ErrorRecords.From(error, container));
        }
    }

    // Shells and docker: 127 for a command that is not there, 126 for one that may not be run.
    private static int ExitCodeOf(Exception error) => (error as EngineException)?.Reason switch
    {
        EngineErrorReason.CommandNotFound => 127,
        EngineErrorReason.CommandNotExecutable => 126,
        _ => EngineFailed,
    };

    private void SetExitCode(int code) => SessionState.PSVariable.Set("global:LASTEXITCODE", code);
}
