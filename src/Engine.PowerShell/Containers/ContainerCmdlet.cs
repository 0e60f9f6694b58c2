using System.Management.Automation;

namespace Engine.Commands;

/// <summary>The base of the cmdlets that work on containers: by name, with wildcards, or by object.</summary>
/// <remarks>
/// ByObject is their default parameter set: PowerShell tries the default one first on what comes down the pipeline, and
/// would otherwise take a container's name for -Name, and lose the container.
/// </remarks>
public abstract class ContainerCmdlet : EngineCmdlet
{
    private protected const string ByName = "ByName";
    private protected const string ByObject = "ByObject";

    /// <summary>Names, ids or unique prefixes of ids. Wildcards match names.</summary>
    [Parameter(
        ParameterSetName = ByName,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ContainerId", "ContainerName")]
    [NameTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ContainerCompleter]
    public string[] Name { get; set; } = [];

    /// <summary>Containers, as Get-Container returns them.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Container[] InputObject { get; set; } = [];

    /// <summary>
    /// The containers that the parameters mean, in their order. An exact name is not asked for here: the work on it
    /// finds out whether it is there.
    /// </summary>
    private protected IEnumerable<ContainerTarget> Targets()
    {
        foreach (Container container in InputObject)
        {
            // What the user says outranks what the object remembers.
            EngineConnection engine = Engine is [EngineConnection said] ? said : container.Engine ?? Engines[0];
            yield return new ContainerTarget(engine, container.Id, container.Name, container);
        }

        foreach (string name in Name)
        {
            foreach (EngineConnection engine in Engines)
            {
                if (!WildcardPattern.ContainsWildcardCharacters(name))
                {
                    yield return new ContainerTarget(engine, name, name, name);
                    continue;
                }

                foreach (Container container in Matching(engine, name))
                {
                    yield return new ContainerTarget(engine, container.Id, container.Name, container);
                }
            }
        }
    }

    private List<Container> Matching(EngineConnection engine, string wildcard)
    {
        var pattern = WildcardPattern.Get(wildcard, WildcardOptions.IgnoreCase);
        List<Container> found = [];
        Try(
            () => found = Await(async stop =>
            {
                List<Container> matching = [];
                await foreach (Container container in EngineClients.Of(engine).Containers
                    .ListAsync(new ContainerFilter(), stop).ConfigureAwait(false))
                {
                    if (pattern.IsMatch(container.Name))
                    {
                        matching.Add(container);
                    }
                }

                return matching;
            }),
            wildcard);
        return found;
    }
}
