using System.Management.Automation;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Lists containers, in all states, with everything that is known of them.</summary>
[Cmdlet(VerbsCommon.Get, "Container", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Container))]
public sealed class GetContainerCommand : EngineCmdlet
{
    private const string ByName = "ByName";
    private const string ByObject = "ByObject";

    /// <summary>Names, ids or unique prefixes of ids. Wildcards match names. By default all.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ContainerId", "ContainerName")]
    [NameTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ContainerCompleter]
    public string[] Name { get; set; } = [];

    /// <summary>Containers to look at anew.</summary>
    [Parameter(ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Container[] InputObject { get; set; } = [];

    /// <summary>Only containers in one of these states.</summary>
    [Parameter]
    public ContainerState[] State { get; set; } = [];

    /// <summary>Only containers with all of these labels: <c>key</c>, <c>key=value</c> or a hashtable.</summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Label { get; set; } = [];

    /// <summary>Only containers made of one of these images: references or ids.</summary>
    [Parameter]
    [ImageCompleter]
    public string[] Image { get; set; } = [];

    /// <summary>Only containers whose last run ended with one of these codes.</summary>
    [Parameter]
    public int[] ExitCode { get; set; } = [];

    /// <summary>Only containers made before this one.</summary>
    [Parameter]
    [ContainerCompleter]
    public string? Before { get; set; }

    /// <summary>Only containers made after this one.</summary>
    [Parameter]
    [ContainerCompleter]
    public string? Since { get; set; }

    /// <summary>At most so many, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>Also finds out how much they take on the disk, which takes a walk over it.</summary>
    [Parameter]
    public SwitchParameter Size { get; set; }

    private bool IsFiltered =>
        State.Length + Label.Length + Image.Length + ExitCode.Length > 0 || Before is not null || Since is not null;

    private ContainerFilter Filter => new()
    {
        States = State,
        Labels = Label,
        Images = Image,
        ExitCodes = ExitCode,
        Before = Before,
        Since = Since,
        Last = Last,
        Size = Size,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (Container container in InputObject)
        {
            EngineConnection engine = Engine is [EngineConnection said] ? said : container.Engine ?? Engines[0];
            Try(() => Exact(engine, container.Id), container);
        }

        if (InputObject.Length > 0)
        {
            return;
        }

        if (Name.Length == 0)
        {
            List(null);
        }

        foreach (string name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                List(WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
            }
            else
            {
                foreach (EngineConnection engine in Engines)
                {
                    Try(() => Exact(engine, name), name);
                }
            }
        }
    }

    private void List(WildcardPattern? pattern) => WriteFromAll((engine, stop) =>
    {
        ContainersClient containers = EngineClients.Of(engine).Containers;
        // The newest of those whose name matches, which the engine cannot know.
        return pattern is null
            ? containers.ListAsync(Filter, stop)
            : containers.ListAsync(Filter with { Last = null }, stop)
                .Where(c => pattern.IsMatch(c.Name))
                .Take(Last ?? int.MaxValue);
    });

    private void Exact(EngineConnection engine, string name)
    {
        ContainersClient containers = EngineClients.Of(engine).Containers;
        Container container = Await(stop => containers.GetAsync(name, Size, stop));
        // Now it is known that it is there, and which one is meant; the engine knows how to filter.
        if (IsFiltered)
        {
            WriteAll(containers.ListAsync(Filter with { Ids = [container.Id], Last = null }, PipelineStopToken));
        }
        else
        {
            WriteObject(container);
        }
    }
}
