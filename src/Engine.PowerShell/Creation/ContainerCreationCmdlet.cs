using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// The base of the cmdlets that make containers. Its parameters are docker's flags; the other files of the class hold
/// them by subject, each with what it adds to the configuration.
/// </summary>
public abstract partial class ContainerCreationCmdlet : EngineCmdlet
{
    /// <summary>The image: a reference, an id or a unique prefix of an id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Reference", "ImageId", "Id")]
    [ValidateNotNullOrEmpty]
    [ImageCompleter]
    public string Image { get; set; } = "";

    /// <summary>
    /// The program and its arguments, or the arguments of the entrypoint: the rest of the line. Write <c>--</c> before
    /// it, so that PowerShell leaves its dashes alone. By default the image's.
    /// </summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [AllowEmptyString]
    public string[]? Command { get; set; }

    /// <summary>The name. By default the engine makes one up.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The platform that the image must have: <c>os/arch[/variant]</c>. By default the engine's own.</summary>
    [Parameter]
    [PlatformCompletions]
    public string? Platform { get; set; }

    /// <summary>Removes the container as soon as it has ended.</summary>
    [Parameter]
    public SwitchParameter AutoRemove { get; set; }

    /// <summary>What people call the container that is made.</summary>
    private protected string Description => Name is null ? $"a container of image '{Image}'" : $"container '{Name}'";

    /// <summary>What the parameters ask for.</summary>
    /// <exception cref="EngineException">A parameter's text is malformed, or a file that it names cannot be read.</exception>
    private protected ContainerConfiguration Configure()
    {
        var configuration = new ContainerConfiguration
        {
            Image = Image,
            Command = Command,
            Platform = Platform,
            AutoRemove = AutoRemove,
        };
        configuration = ConfigureProcess(configuration);
        configuration = ConfigureSecurity(configuration);
        configuration = ConfigureStorage(configuration);
        configuration = ConfigureNamespaces(configuration);
        return ConfigureResources(configuration);
    }

    private static EngineException Malformed(string parameter, string text, string expected) => new(
        EngineErrorCode.InvalidArgument,
        EngineErrorReason.InvalidContainerConfiguration,
        $"-{parameter} '{text}' is malformed: {expected}.",
        text);
}
