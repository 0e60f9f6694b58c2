namespace Engine.Commands.Tests;

/// <summary>With a program in engined's place that does what engined does when it cannot start.</summary>
[CollectionDefinition(nameof(StartEngineCommandTests), DisableParallelization = true)]
[Collection(nameof(StartEngineCommandTests))]
public sealed class StartEngineCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");

    [Fact]
    public void An_engine_that_ends_at_once_is_an_error_with_the_end_of_its_log()
    {
        Session.Result result = Start("echo 'another engine holds this data root' >&2; exit 3");
        Assert.Equal(["EngineStartFailed"], result.ErrorIds);
        Assert.Contains("exit code 3", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("another engine holds this data root", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_never_answers_is_ended()
    {
        Session.Result result = Start("echo $$ > $0.pid; exec sleep 1000", "-Timeout 0.5");
        Assert.Equal(["EngineStartFailed"], result.ErrorIds);
        string pid = File.ReadAllText(Path.Combine(_folder.FullName, "engined.pid")).Trim();
        Assert.False(Directory.Exists($"/proc/{pid}"), $"process {pid} runs on");
    }

    [Fact]
    public void It_is_told_where_to_keep_things_and_runs_apart_from_the_terminal()
    {
        Start("echo \"$@\" > $0.args; ps -o sid= -p $$ > $0.sid; echo $$ > $0.pid; exit 1", "-LogLevel debug");
        string arguments = File.ReadAllText(Path.Combine(_folder.FullName, "engined.args"));
        Assert.Equal(
            $"--data-root {_folder.FullName}/data --exec-root {_folder.FullName}/run --host unix://{_folder.FullName}/run/engine.sock --log-level debug\n",
            arguments);
        Assert.Equal(
            File.ReadAllText(Path.Combine(_folder.FullName, "engined.pid")).Trim(),
            File.ReadAllText(Path.Combine(_folder.FullName, "engined.sid")).Trim());
    }

    [Fact]
    public async Task An_engine_that_answers_there_already_is_not_taken_for_the_new_one()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        File.CreateSymbolicLink(
            Path.Combine(_folder.CreateSubdirectory("run").FullName, "engine.sock"), engine.Socket);
        Session.Result result = Start("touch $0.started; exec sleep 1000");
        Assert.Equal(["EngineStartFailed"], result.ErrorIds);
        Assert.Contains("runs already", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "engined.started")), "a second engine was started");
    }

    [Fact]
    public void What_if_starts_nothing()
    {
        Assert.Empty(Start("exit 1", "-WhatIf").Errors);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "run")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Session.Result Start(string program, string parameters = "")
    {
        string path = Path.Combine(_folder.FullName, "engined");
        File.WriteAllText(path, $"#!/bin/sh\n{program}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        using var session = new Session();
        return session.Run(
            $"$env:ENGINE_ENGINED = '{path}'; "
                + $"try {{ Start-Engine -DataRoot {_folder.FullName}/data -ExecRoot {_folder.FullName}/run {parameters} }} "
                + "finally { $env:ENGINE_ENGINED = $null }");
    }
}
