using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Engine.Commands;

/// <summary>Reads all that engines store, and tells what is wrong with it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "EngineStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreFinding))]
public sealed class TestEngineStoreCommand : EngineCmdlet
{
    /// <summary>Makes right what can be.</summary>
    [Parameter]
    public SwitchParameter Repair { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        EngineConnection[] engines =
            [.. Engines.Where(engine => !Repair || ShouldProcess(engine.ToString(), "Repair the image store of engine"))];
        if (engines.Length > 0)
        {
            WriteWork<StoreFinding>([.. engines.Select(engine => new EngineWork<StoreFinding>(
                engine, engine, (reports, stop) => CheckAsync(engine, reports, stop)))]);
        }
    }

    private async IAsyncEnumerable<StoreFinding> CheckAsync(
        EngineConnection engine, IWorkReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        var progress = new StoreProgress(reports, engine.ToString());
        try
        {
            await foreach (StoreFinding finding in EngineClients.Of(engine).System
                .CheckStoreAsync(Repair, progress, stop).ConfigureAwait(false))
            {
                yield return finding;
            }
        }
        finally
        {
            progress.Complete();
        }
    }
}
