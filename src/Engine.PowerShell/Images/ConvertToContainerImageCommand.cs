using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Makes an image of what a container has changed.</summary>
[Cmdlet(VerbsData.ConvertTo, "ContainerImage", DefaultParameterSetName = ByObject, SupportsShouldProcess = true)]
[OutputType(typeof(ContainerImage))]
public sealed class ConvertToContainerImageCommand : ContainerCmdlet
{
    private readonly HashSet<(EngineConnection Engine, string Reference)> _given = [];

    /// <summary>What to call the image; without a tag, <c>latest</c> is meant. By default it has no name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Reference { get; set; }

    /// <summary>Who made it.</summary>
    [Parameter]
    public string Author { get; set; } = "";

    /// <summary>The comment of the new step.</summary>
    [Parameter]
    public string Message { get; set; } = "";

    /// <summary>Dockerfile instructions that change the configuration: <c>CMD ["sh"]</c>, <c>ENV A=1</c> …</summary>
    [Parameter]
    public string[] Change { get; set; } = [];

    /// <summary>Lets the container's processes run on while its files are read.</summary>
    [Parameter]
    public SwitchParameter NoPause { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ContainerTarget target in Targets())
        {
            string action = Reference is null ? "Convert to an image" : $"Convert to image '{Reference}'";
            if (ShouldProcess(target.Display, action))
            {
                Try(() => Convert(target), target.Target);
            }
        }
    }

    private void Convert(ContainerTarget target)
    {
        if (Reference is not null && !_given.Add((target.Engine, Reference)))
        {
            // The next one would take the name from the one before.
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.OnlyOneAllowed,
                $"Only one image can be called '{Reference}'. Give each container's another -Reference, as with "
                    + "-Reference { \"$($_.Name):snapshot\" }.",
                target.Display);
        }

        var commit = new ImageCommit
        {
            Container = target.Reference,
            Reference = Reference,
            Author = Author,
            Message = Message,
            Changes = Change,
            Pause = !NoPause,
        };
        WriteObject(Await(stop => EngineClients.Of(target.Engine).Images.CommitAsync(commit, stop)));
    }
}
