using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Makes an engine the one that this session's cmdlets talk to, after asking it who it is.</summary>
[Cmdlet(VerbsCommunications.Connect, "Engine")]
[OutputType(typeof(EngineConnection))]
public sealed class ConnectEngineCommand : PSCmdlet
{
    /// <summary>The engine's address. By default $env:ENGINE_HOST, else unix:///run/engine/engine.sock.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Uri { get; set; }

    /// <summary>A short name, for -Engine.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            Uri address = Uri is null ? EngineSession.DefaultUri : EngineAddress.Parse(Uri);
            var connection = new EngineConnection(address) { Name = Name };
            EngineInfo info = Task.Run(
                () => EngineClients.Of(connection).System.GetInfoAsync(PipelineStopToken), PipelineStopToken)
                .GetAwaiter().GetResult();
            connection = connection with { Version = info.Version };
            EngineSession.Current.Connect(connection);
            WriteObject(connection);
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (EngineException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Uri));
        }
    }
}
