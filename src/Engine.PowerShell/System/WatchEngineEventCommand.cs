using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Engine.Commands;

/// <summary>Writes the events of engines as they happen, until it is stopped.</summary>
[Cmdlet(VerbsCommon.Watch, "EngineEvent")]
[OutputType(typeof(EngineEvent), typeof(EngineJob))]
public sealed class WatchEngineEventCommand : EngineCmdlet
{
    /// <summary>Also those since then: a time, or a time ago such as <c>10m</c>.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Ends with the events of that time.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Only events of these kinds of object.</summary>
    [Parameter]
    public EngineEventType[] Type { get; set; } = [];

    /// <summary>Only these actions.</summary>
    [Parameter]
    [ArgumentCompletions(
        "create", "start", "die", "oom", "kill", "stop", "restart", "pause", "unpause", "rename", "destroy",
        "import", "load", "tag", "untag", "delete")]
    public string[] Action { get; set; } = [];

    /// <summary>Only events of these containers: names, ids or prefixes of ids.</summary>
    [Parameter]
    [ContainerCompleter]
    public string[] Container { get; set; } = [];

    /// <summary>Only events of these images: references, ids or prefixes of ids.</summary>
    [Parameter]
    [ImageCompleter]
    public string[] Image { get; set; } = [];

    /// <summary>Only events of objects with all of these labels: <c>key</c>, <c>key=value</c> or a hashtable.</summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Label { get; set; } = [];

    /// <summary>Watches in a job, and writes the job. What it has seen stays in memory until Receive-Job takes it.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (AsJob)
        {
            WriteJob(Engines, FromAll(EventsAsync));
        }
        else
        {
            WriteFromAll(EventsAsync);
        }
    }

    private async IAsyncEnumerable<EngineEvent> EventsAsync(
        EngineConnection engine, [EnumeratorCancellation] CancellationToken stop)
    {
        var query = new EventQuery
        {
            Since = Since,
            Until = Until,
            Types = Type,
            Actions = Action,
            Objects = [.. Container, .. Image],
            Labels = Label,
        };
        IAsyncEnumerable<EngineEvent> events =
            await EngineClients.Of(engine).System.OpenEventsAsync(query, stop).ConfigureAwait(false);
        await foreach (EngineEvent next in events.ConfigureAwait(false))
        {
            yield return next;
        }
    }
}
