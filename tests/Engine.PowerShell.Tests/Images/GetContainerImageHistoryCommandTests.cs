namespace Engine.Commands.Tests;

public class GetContainerImageHistoryCommandTests
{
    [Fact]
    public async Task Each_step_is_an_object_and_knows_its_engine()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("app:1");
        using var session = new Session(engine.Uri);
        ImageHistoryEntry[] steps = [.. session.Get("Get-ContainerImage | Get-ContainerImageHistory")
            .Select(o => (ImageHistoryEntry)o.BaseObject)];
        Assert.Equal([0L, 4_404_019L], steps.Select(s => s.Size));
        Assert.Equal(engine.Uri, steps[0].Engine!.Uri.ToString());
        Assert.Equal(["ImageNotFound"], session.Run("Get-ContainerImageHistory nope").ErrorIds);
    }
}
