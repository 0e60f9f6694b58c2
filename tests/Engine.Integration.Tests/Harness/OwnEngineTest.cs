namespace Engine.Integration.Tests.Harness;

/// <summary>A test with an engine to itself, which it may kill.</summary>
public abstract class OwnEngineTest() : ContainerTest((TestEngine)null!)
{
    /// <summary>How the engine differs from any other.</summary>
    private protected virtual TestEngineOptions Options => new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Engine = await TestEngine.StartNewAsync(Options);
        Image = await BusyboxImage.ImportAsync(Engine.Client, Cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // Initialization may have failed before there was an engine.
        if (Engine is null)
        {
            return;
        }

        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await Engine.DisposeAsync();
        }
    }
}
