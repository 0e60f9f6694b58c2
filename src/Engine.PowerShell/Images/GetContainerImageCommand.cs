using System.Management.Automation;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Lists images, with everything that is known of them.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerImage")]
[OutputType(typeof(ContainerImage))]
public sealed class GetContainerImageCommand : EngineCmdlet
{
    /// <summary>
    /// References, ids or unique prefixes of ids. Wildcards match references, with and without their tag. By default all.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ImageId", "Id")]
    [NameTransformation]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ImageCompleter]
    public string[] Reference { get; set; } = [];

    /// <summary>Only images without a reference, or with <c>-Dangling:$false</c> only those with one.</summary>
    [Parameter]
    public SwitchParameter Dangling { get; set; }

    /// <summary>Only images with all of these labels: <c>key</c>, <c>key=value</c> or a hashtable.</summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Label { get; set; } = [];

    /// <summary>Only images made before this one.</summary>
    [Parameter]
    [ImageCompleter]
    public string? Before { get; set; }

    /// <summary>Only images made after this one.</summary>
    [Parameter]
    [ImageCompleter]
    public string? Since { get; set; }

    private bool IsFiltered => Label.Length > 0 || Dangling.IsPresent || Before is not null || Since is not null;

    private ImageFilter Filter => new()
    {
        Labels = Label,
        Dangling = MyInvocation.BoundParameters.ContainsKey(nameof(Dangling)) ? Dangling.ToBool() : null,
        Before = Before,
        Since = Since,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Reference.Length == 0)
        {
            WriteFromAll((engine, stop) => EngineClients.Of(engine).Images.ListAsync(Filter, stop));
        }

        foreach (string reference in Reference)
        {
            if (WildcardPattern.ContainsWildcardCharacters(reference))
            {
                var pattern = new ImagePattern(reference);
                WriteFromAll((engine, stop) =>
                    EngineClients.Of(engine).Images.ListAsync(Filter, stop).Where(pattern.IsMatch));
            }
            else
            {
                foreach (EngineConnection engine in Engines)
                {
                    Try(() => Exact(engine, reference), reference);
                }
            }
        }
    }

    private void Exact(EngineConnection engine, string reference)
    {
        ImagesClient images = EngineClients.Of(engine).Images;
        ContainerImage image = Await(stop => images.GetAsync(reference, platform: null, stop));
        if (IsFiltered)
        {
            WriteAll(images.ListAsync(Filter with { Ids = [image.Id] }, PipelineStopToken));
        }
        else
        {
            WriteObject(image);
        }
    }
}
