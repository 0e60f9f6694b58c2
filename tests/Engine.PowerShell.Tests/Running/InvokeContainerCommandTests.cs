using static Engine.Commands.Tests.LogEntries;

namespace Engine.Commands.Tests;

public class InvokeContainerCommandTests
{
    [Fact]
    public async Task Lines_come_as_strings_and_the_exit_code_is_kept()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Log.AddRange([Entry("hello"), Entry("wor", partial: true), Entry("ld\r"), Entry(""), Entry("end", partial: true)]);
        using var session = new Session(engine.Uri);
        Assert.Equal(
            ["hello", "world", "", "end", "0"],
            session.Get("Invoke-Container busybox echo hello; $LASTEXITCODE").Select(o => o.BaseObject.ToString()));
        Assert.Equal(["echo", "hello"], engine.Created!.Command);
        Assert.True(engine.Created.AutoRemove);
    }

    [Fact]
    public async Task The_wait_and_the_log_are_in_place_before_the_start()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("Invoke-Container busybox -Name job true");
        Assert.Equal(
            ["Create job", "Log job", "Start job", "Wait job Removed"],
            engine.Calls.Where(c => c.EndsWith("job", StringComparison.Ordinal) || c.StartsWith("Wait", StringComparison.Ordinal)).Order());
        Assert.Equal("Start job", engine.Calls.Last());
    }

    [Theory]
    [InlineData("Invoke-Container busybox echo hello", "echo|hello")]
    [InlineData("Invoke-Container busybox -- sh -c 'exit 7'", "sh|-c|exit 7")]
    [InlineData("Invoke-Container busybox -Hostname h -- ls -l --all", "ls|-l|--all")]
    [InlineData("Invoke-Container busybox -Command sh, -c, 'exit 7'", "sh|-c|exit 7")]
    [InlineData("Invoke-Container busybox printf 1.0 ''", "printf|1.0|")]
    [InlineData("New-Container busybox -Name web -- sleep 100", "sleep|100")]
    public async Task The_command_is_the_rest_of_the_line(string script, string command)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get(script);
        Assert.Equal(command.Split('|'), engine.Created!.Command);
    }

    [Fact]
    public async Task Without_a_command_the_images_own_is_asked_for()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("Invoke-Container busybox");
        Assert.Null(engine.Created!.Command);
    }

    [Fact]
    public async Task An_exit_code_other_than_zero_is_one_error()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.ExitCode = 7;
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Invoke-Container busybox -Name job -- sh -c 'exit 7'; $LASTEXITCODE");
        Assert.Equal(7, result.Output.Single().BaseObject);
        Assert.Equal(["ContainerExitedNonZero"], result.ErrorIds);
        Assert.Equal(7, result.Errors[0].Exception.Data["ExitCode"]);
        Assert.Contains("job", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_error_is_shown_and_does_not_end_a_strict_script()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Log.AddRange([Entry("out"), Entry("warning", ContainerStream.Error)]);
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("$ErrorActionPreference = 'Stop'; Invoke-Container busybox x");
        Assert.Equal("out", result.Output.Single().ToString());
        Assert.Empty(result.Errors);
        Assert.Equal("warning", result.Information.Single().MessageData.ToString());
        Assert.Contains("stderr", result.Information.Single().Tags);
    }

    [Theory]
    [InlineData("Error", 1, 1)]
    [InlineData("Output", 2, 0)]
    [InlineData("Ignore", 1, 0)]
    public async Task Standard_error_goes_where_it_is_sent(string destination, int output, int errors)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Log.AddRange([Entry("out"), Entry("warning", ContainerStream.Error)]);
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run($"Invoke-Container busybox x -StandardError {destination}");
        Assert.Equal((output, errors, 0), (result.Output.Length, result.Errors.Length, result.Information.Length));
    }

    [Fact]
    public async Task Bytes_come_as_they_are()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        byte[] raw = [0xFF, 0x00, (byte)'\r'];
        engine.Log.AddRange(
            [new(default, ContainerStream.Output, raw, Partial: false), new(default, ContainerStream.Output, raw, Partial: true)]);
        using var session = new Session(engine.Uri);
        Assert.Equal([.. raw, (byte)'\n', .. raw], session.Get("Invoke-Container busybox x -AsByteStream").Select(b => (byte)b.BaseObject));
    }

    [Theory]
    [InlineData("CommandNotFound", 127)]
    [InlineData("CommandNotExecutable", 126)]
    [InlineData("ContainerStartFailed", 125)]
    public async Task A_start_that_fails_is_an_error_with_dockers_exit_code_and_leaves_nothing(string reason, int code)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Failure = ("Start", new EngineException(EngineErrorCode.InvalidArgument, reason, "it failed", "job"));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Invoke-Container busybox -Name job nope; $LASTEXITCODE");
        Assert.Equal([reason], result.ErrorIds);
        Assert.Equal(code, result.Output.Single().BaseObject);
        Assert.Empty(engine.Containers);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_exit_code_125()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Failure = ("Create", new EngineException(EngineErrorCode.NotFound, EngineErrorReason.ImageNotFound, "no", "nope"));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Invoke-Container nope; $LASTEXITCODE");
        Assert.Equal(["ImageNotFound"], result.ErrorIds);
        Assert.Equal(125, result.Output.Single().BaseObject);
    }

    [Fact]
    public async Task Detached_it_returns_the_running_container_and_keeps_it()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        var container = (Container)session.Get("Invoke-Container busybox -Detach -- sleep 100").Single().BaseObject;
        Assert.Equal(ContainerState.Running, container.State);
        Assert.False(engine.Created!.AutoRemove);
        Assert.DoesNotContain(engine.Calls, c => c.StartsWith("Wait", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kept_it_is_not_removed_and_pass_thru_returns_it()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.ExitCode = 4;
        using var session = new Session(engine.Uri);
        Session.Result kept = session.Run("Invoke-Container busybox -Name job -Keep -PassThru x");
        Assert.False(engine.Created!.AutoRemove);
        Assert.Equal("job", ((Container)kept.Output.Single().BaseObject).Name);
        Session.Result removed = session.Run("Invoke-Container busybox -PassThru x");
        Assert.Equal(4, ((Container)removed.Output.Single().BaseObject).ExitCode);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_stopped()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Stall = "Run";
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Invoke-Container busybox -Name job -Timeout 0.1 -- sleep 100");
        Assert.Equal(["TimedOut"], result.ErrorIds);
        Assert.Contains("Stop job", engine.Calls);
    }

    [Fact]
    public async Task What_if_creates_nothing()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("Invoke-Container busybox x -WhatIf; New-Container busybox -WhatIf");
        Assert.Null(engine.Created);
    }

    [Fact]
    public async Task What_does_not_work_as_asked_is_a_warning()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Equal(["swap is not limited"], session.Run("New-Container busybox").Warnings);
    }
}
