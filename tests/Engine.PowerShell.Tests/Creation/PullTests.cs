using Engine.Protocol;

namespace Engine.Commands.Tests;

/// <summary>-Pull: an image that is not here is brought, and only then.</summary>
public class PullTests
{
    private static readonly EngineException s_missing =
        new(EngineErrorCode.NotFound, EngineErrorReason.ImageNotFound, "No image 'app:1'.", "app:1");

    [Theory]
    [InlineData("New-Container app:1 -Platform linux/arm64")]
    [InlineData("Invoke-Container app:1 -Detach -Platform linux/arm64 -Pull Missing")]
    public async Task An_image_that_is_not_here_is_brought_first(string script)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.FailOnce = ("Create", s_missing);
        engine.Progress.Add(new("aaaa", "Downloading", 50, 100));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run(script);
        Assert.Empty(result.Errors);
        Assert.IsType<Container>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("linux/arm64", engine.Pulled!.ToModel().Platform);
        Assert.Equal(["Create", "Pull app:1", "Create"], engine.Calls.Where(c => c[0] is 'P' or 'C'));
        Assert.Contains(result.Progress, p => p.Activity == "aaaa");
    }

    [Fact]
    public async Task An_image_that_is_here_costs_no_call()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("New-Container app:1");
        Assert.Null(engine.Pulled);
    }

    [Fact]
    public async Task Always_asks_before_it_creates()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("New-Container app:1 -Pull Always");
        Assert.Equal(["Pull app:1", "Create"], engine.Calls.Where(c => c[0] is 'P' or 'C'));
    }

    [Theory]
    [InlineData("New-Container app:1 -Pull Never")]
    [InlineData("New-Container sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("New-Container 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Nobody_is_asked_when_nobody_may_or_could_have_it(string script)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Failure = ("Create", s_missing);
        using var session = new Session(engine.Uri);
        Assert.Equal(["ImageNotFound"], session.Run(script).ErrorIds);
        Assert.Null(engine.Pulled);
    }

    [Fact]
    public async Task A_pull_that_fails_is_the_error_and_docker_runs_exit_code()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.FailOnce = ("Create", s_missing);
        engine.Failure = ("Pull", new EngineException(
            EngineErrorCode.Unavailable, EngineErrorReason.RegistryUnreachable, "No network."));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Invoke-Container app:1; $LASTEXITCODE");
        Assert.Equal(["RegistryUnreachable"], result.ErrorIds);
        Assert.Contains("'app:1' is not here", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("125", result.Output.Single().ToString());
    }
}
