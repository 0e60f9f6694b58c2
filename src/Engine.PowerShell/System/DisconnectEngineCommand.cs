using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Forgets this session's connections. The engines run on.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Engine")]
[OutputType(typeof(void))]
public sealed class DisconnectEngineCommand : EngineCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (EngineConnection engine in Engines)
        {
            if (!EngineSession.Current.Disconnect(engine) && Engine is not null)
            {
                WriteError(ErrorRecords.From(
                    new EngineException(
                        EngineErrorCode.NotFound,
                        EngineErrorReason.EngineConnectionNotFound,
                        $"This session has no connection to '{engine}'."),
                    engine));
            }

            EngineClients.Close(engine);
        }
    }
}
