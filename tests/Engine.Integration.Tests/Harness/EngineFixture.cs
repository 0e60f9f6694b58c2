namespace Engine.Integration.Tests.Harness;

/// <summary>An engine with the test image in it.</summary>
public class EngineFixture : IAsyncLifetime
{
    public TestEngine Engine { get; private set; } = null!;

    public ContainerImage Image { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Engine = await TestEngine.StartNewAsync();
        using var limit = new CancellationTokenSource(Limit.Call);
        Image = await BusyboxImage.ImportAsync(Engine.Client, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
        }
    }
}
