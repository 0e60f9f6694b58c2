using System.Management.Automation;
using System.Runtime.CompilerServices;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Reads what containers have written, a line an object.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerLog", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContainerLogLine), typeof(EngineJob))]
public sealed class GetContainerLogCommand : ContainerCmdlet
{
    private readonly List<ContainerTarget> _targets = [];

    /// <summary>Only the last so many lines.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Goes on with what the containers write, until they have ended; several are read side by side.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Only lines since then: a time, or a time ago such as <c>10m</c>.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only lines until then: a time, or a time ago such as <c>10m</c>.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Only lines of these streams.</summary>
    [Parameter]
    public ContainerStream[] Stream { get; set; } = [];

    /// <summary>Reads in a job, and writes the job. What it has read stays in memory until Receive-Job takes it.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ContainerTarget target in Targets())
        {
            // To follow one would keep the others waiting for its end.
            if (Follow || AsJob)
            {
                _targets.Add(target);
            }
            else
            {
                Try(() => WriteAll(ReadAsync(target, PipelineStopToken)), target.Target);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        (Func<CancellationToken, IAsyncEnumerable<ContainerLogLine>>, object?)[] sources = [.. _targets.Select(t =>
            ((Func<CancellationToken, IAsyncEnumerable<ContainerLogLine>>)(stop => ReadAsync(t, stop)), (object?)t.Target))];
        if (AsJob)
        {
            WriteJob(_targets.Select(t => t.Engine), sources);
        }
        else if (sources.Length > 0)
        {
            WriteMerged(sources);
        }
    }

    private async IAsyncEnumerable<ContainerLogLine> ReadAsync(
        ContainerTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ContainersClient containers = EngineClients.Of(target.Engine).Containers;
        Container container = target.Target as Container
            ?? await containers.GetAsync(target.Reference, size: false, cancellationToken).ConfigureAwait(false);
        var query = new ContainerLogQuery { Tail = Tail, Follow = Follow, Since = Since, Until = Until, Streams = Stream };
        var lines = new LineAssembler();
        DateTimeOffset last = default;
        IAsyncEnumerable<ContainerLogEntry> log =
            await containers.OpenLogAsync(container.Id, query, cancellationToken).ConfigureAwait(false);
        await foreach (ContainerLogEntry entry in log.ConfigureAwait(false))
        {
            last = entry.Time;
            if (lines.Add(entry) is { } text)
            {
                yield return Line(text, entry.Stream);
            }
        }

        foreach (ContainerStream stream in Enum.GetValues<ContainerStream>())
        {
            if (lines.TakeRest(stream) is { } rest)
            {
                yield return Line(rest, stream);
            }
        }

        ContainerLogLine Line(string text, ContainerStream stream) => new()
        {
            Time = last,
            Stream = stream,
            Message = text,
            ContainerId = container.Id,
            ContainerName = container.Name,
            Engine = target.Engine,
        };
    }
}
