using System.Management.Automation;

namespace Engine.Commands;

/// <summary>The base of the cmdlets that work on images: by reference, with wildcards, or by object.</summary>
public abstract class ContainerImageCmdlet : EngineCmdlet
{
    private protected const string ByReference = "ByReference";
    private protected const string ByObject = "ByObject";

    /// <summary>References, ids or unique prefixes of ids. Wildcards match references, with and without their tag.</summary>
    [Parameter(
        ParameterSetName = ByReference,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("ImageId", "Id")]
    [NameTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ImageCompleter]
    public string[] Reference { get; set; } = [];

    /// <summary>Images, as Get-ContainerImage returns them.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ContainerImage[] InputObject { get; set; } = [];

    /// <summary>What the parameters mean, in their order. Whether an exact reference is there, the work on it finds out.</summary>
    private protected IEnumerable<ImageTarget> Targets()
    {
        foreach (ContainerImage image in InputObject)
        {
            EngineConnection engine = Engine is [EngineConnection said] ? said : image.Engine ?? Engines[0];
            yield return new ImageTarget(engine, image.Id, image.ToString(), image);
        }

        foreach (string reference in Reference)
        {
            foreach (EngineConnection engine in Engines)
            {
                if (!WildcardPattern.ContainsWildcardCharacters(reference))
                {
                    yield return new ImageTarget(engine, reference, reference, reference);
                    continue;
                }

                foreach (string match in Matching(engine, new ImagePattern(reference)))
                {
                    yield return new ImageTarget(engine, match, match, match);
                }
            }
        }
    }

    // References and not images: of one with two, the wildcard may mean only one.
    private List<string> Matching(EngineConnection engine, ImagePattern pattern)
    {
        List<string> found = [];
        Try(
            () => found = Await(async stop =>
            {
                List<string> matching = [];
                await foreach (ContainerImage image in EngineClients.Of(engine).Images
                    .ListAsync(new ImageFilter(), stop).ConfigureAwait(false))
                {
                    matching.AddRange(image.References.Where(pattern.IsMatch));
                }

                return matching;
            }),
            null);
        return found;
    }
}
