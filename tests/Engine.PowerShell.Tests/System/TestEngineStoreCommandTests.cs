namespace Engine.Commands.Tests;

public class TestEngineStoreCommandTests
{
    [Fact]
    public async Task Each_fault_is_an_object_and_the_check_is_shown()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Findings.Add(new StoreFinding
        {
            Fault = StoreFault.BlobCorrupt,
            Target = $"sha256:{new string('a', 64)}",
            Message = "It does not have its digest.",
            Images = ["app:1"],
        });
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Test-EngineStore");
        var finding = (StoreFinding)result.Output.Single().BaseObject;
        Assert.Equal((StoreFault.BlobCorrupt, false), (finding.Fault, finding.Repaired));
        Assert.Equal([0, 25, 50, 75, 100, -1], result.Progress.Select(p => p.PercentComplete));
        Assert.True(((StoreFinding)session.Get("Test-EngineStore -Repair").Single().BaseObject).Repaired);
    }

    [Fact]
    public async Task Only_the_repair_is_a_change()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("Test-EngineStore -WhatIf");
        Assert.Contains("Check", engine.Calls);
        session.Get("Test-EngineStore -Repair -WhatIf");
        Assert.DoesNotContain("Check repair", engine.Calls);
    }
}
