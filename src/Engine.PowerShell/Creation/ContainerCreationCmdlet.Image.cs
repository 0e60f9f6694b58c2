using System.Management.Automation;

namespace Engine.Commands;

/// <content>The image, and where it comes from when it is not here.</content>
public abstract partial class ContainerCreationCmdlet
{
    /// <summary>
    /// When to bring the image from its registry: Missing (the default: when it is not here), Always or Never.
    /// </summary>
    [Parameter]
    public PullPolicy Pull { get; set; } = PullPolicy.Missing;

    /// <summary>
    /// Makes the container, of an image that is brought first where it has to be; what does not work on that host as
    /// asked is a warning.
    /// </summary>
    private protected Container Create(EngineConnection engine, ContainerConfiguration configuration)
    {
        if (Pull == PullPolicy.Always)
        {
            PullImage(engine);
            return CreateHere(engine, configuration);
        }

        try
        {
            // Not asked for first: the image is here nearly always, and a start has no time to spare.
            return CreateHere(engine, configuration);
        }
        catch (EngineException e) when (Pull == PullPolicy.Missing && IsMissing(e))
        {
            WriteVerbose($"{e.Message} It is asked for at its registry.");
            PullMissing(engine);
            return CreateHere(engine, configuration);
        }
    }

    // Who mistyped a name learns it here, and not from a registry that he never thought of.
    private void PullMissing(EngineConnection engine)
    {
        try
        {
            PullImage(engine);
        }
        catch (EngineException e)
        {
            throw new EngineException(
                e.Code, e.Reason, $"Image '{Image}' is not here, and could not be installed: {e.Message}", e.Target, e);
        }
    }

    private Container CreateHere(EngineConnection engine, ContainerConfiguration configuration)
    {
        (Container container, IReadOnlyList<string> warnings) = Await(
            stop => EngineClients.Of(engine).Containers.CreateAsync(configuration, Name, stop));
        foreach (string warning in warnings)
        {
            WriteWarning(warning);
        }

        return container;
    }

    // No registry has images by their ids.
    private bool IsMissing(EngineException error) =>
        error.Reason is EngineErrorReason.ImageNotFound or EngineErrorReason.PlatformNotFound
            && !Image.StartsWith("sha256:", StringComparison.Ordinal)
            && !(Image.Length == 64 && Image.All(char.IsAsciiHexDigit));

    private void PullImage(EngineConnection engine) => RunReporting(async (pump, reports) =>
    {
        var pull = new ImagePull { Reference = Image, Platform = Platform };
        await foreach (ContainerImage image in
            ImagePuller.PullAsync(engine, pull, reports, pump.Stopped).ConfigureAwait(false))
        {
            await pump.PostAsync(() => WriteVerbose($"Image '{image}' is here.")).ConfigureAwait(false);
        }
    });
}
