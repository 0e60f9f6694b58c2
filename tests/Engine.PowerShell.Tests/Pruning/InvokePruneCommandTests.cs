namespace Engine.Commands.Tests;

public class InvokePruneCommandTests
{
    private static readonly PrunedItem s_named = new()
    {
        Kind = PrunedKind.Image, Id = $"sha256:{new string('a', 64)}", Name = "app:1", SpaceReclaimed = 4_404_019,
    };

    private static readonly PrunedItem s_nameless = s_named with { Id = $"sha256:{new string('b', 64)}", Name = "" };

    [Fact]
    public async Task Each_thing_that_went_is_an_object()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Prunable.AddRange([s_named, s_nameless]);
        using var session = new Session(engine.Uri);
        PrunedItem[] gone = [.. session.Get("Invoke-Prune -Until 24h -Label a=b, '!keep'").Select(o => (PrunedItem)o.BaseObject)];
        Assert.Equal([s_named.Id, s_nameless.Id], gone.Select(g => g.Id));
        Assert.Equal(["a=b", "!keep"], engine.Prune!.Labels);
        Assert.False(engine.Prune.All || engine.Prune.DryRun);
        TimeSpan age = TimeProvider.System.GetUtcNow() - engine.Prune.Until!.Value;
        Assert.InRange(age, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        session.Get("Invoke-Prune -Image -All -Force");
        Assert.True(engine.Prune.All && engine.Prune.Until is null);
    }

    [Theory]
    [InlineData("Invoke-Prune -All -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Invoke-Prune -All")]
    public async Task What_if_names_each_thing_and_its_bytes_and_removes_nothing(string script)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Prunable.AddRange([s_named, s_nameless]);
        var host = new RecordingHost();
        using var session = new Session(engine.Uri, host);
        Assert.Empty(session.Get(script));
        Assert.Equal(["Prune dry"], engine.Calls.Where(c => c.StartsWith("Prune", StringComparison.Ordinal)));
        Assert.True(engine.Prune!.All);
        string[] said = [.. host.Lines.Where(l => l.StartsWith("What if", StringComparison.Ordinal))];
        Assert.Equal(2, said.Length);
        Assert.Contains("image 'app:1' (aaaaaaaaaaaa), 4.2 MB", said[0], StringComparison.Ordinal);
        Assert.Contains("image bbbbbbbbbbbb, 4.2 MB", said[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-Prune -All", 1)]
    [InlineData("Invoke-Prune", 0)]
    [InlineData("Invoke-Prune -All -Force", 0)]
    [InlineData("Invoke-Prune -All -Confirm:$false", 0)]
    [InlineData("$ConfirmPreference = 'None'; Invoke-Prune -All", 0)]
    [InlineData("Invoke-Prune -Confirm", 1)]
    [InlineData("Invoke-Prune -All -Confirm", 1)]
    public async Task Only_what_would_take_images_with_a_name_asks_by_itself_and_once(string script, int questions)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        var host = new RecordingHost(yes: false);
        using var session = new Session(engine.Uri, host);
        session.Get(script);
        Assert.Equal(questions, host.Questions.Count);
        Assert.Equal(1 - questions, engine.Calls.Count(c => c == "Prune"));
    }

    [Fact]
    public async Task Several_engines_are_pruned_side_by_side()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        await using FakeEngine other = await FakeEngine.StartAsync();
        engine.Prunable.Add(s_named);
        using var session = new Session(host: new RecordingHost(yes: true));
        Session.Result result = session.Run($"Invoke-Prune -All -Engine {engine.Uri}, {other.Uri}, unix:///nonexistent");
        Assert.Single(result.Output);
        Assert.Equal(["EngineNotRunning"], result.ErrorIds);
        Assert.Contains("Prune", other.Calls);
    }
}
