using System.Globalization;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Faults;

/// <summary>SIGKILL of engined before, during and after each verb; then its state against the kernel's.</summary>
public sealed class KilledEngineTests(OwnEngineFixture fixture) : ContainerTest(fixture),
IClassFixture<OwnEngineFixture>
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("ENGINE_TEST_LONG") is { Length: > 0 };

    /// <summary>
    /// When the kill comes after the call, in milliseconds: through all of what a verb does, on a fast machine and a
    /// slow one.
    /// </summary>
    private static readonly int[] s_delays = s_long ? [.. Enumerable.Range(0, 60)] : [0, 4, 12, 30];

    public static TheoryData<string> Verbs =>
        ["create", "start", "stop", "kill", "pause", "resume", "rename", "restart", "remove", "remove-force", "exit",
            "auto-remove"];

    /// <summary>Each round starts an engine, which takes as long as the machine's other work lets it.</summary>
    private protected override TimeSpan TestLimit => s_long ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(5);

    public override async ValueTask DisposeAsync()
    {
        await Engine.EnsureStartedAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task After_a_kill_during_a_verb_the_engine_knows_the_truth(string verb)
    {
        foreach (int delay in s_delays)
        {
            await KillDuringAsync(verb, TimeSpan.FromMilliseconds(delay));
        }
    }

    [Fact]
    public async Task After_kills_at_any_moment_the_engine_knows_the_truth()
    {
        int seed = int.TryParse(
            Environment.GetEnvironmentVariable("ENGINE_TEST_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : Random.Shared.Next();
        var random = new Random(seed);
        string[] verbs = [.. Verbs.Select(v => v.Data)];
        for (int i = 0; i < (s_long ? 200 : 8); i++)
        {
            string verb = verbs[random.Next(verbs.Length)];
            double delay = random.NextDouble() * 60;
            try
            {
                await KillDuringAsync(verb, TimeSpan.FromMilliseconds(delay));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"Seed {seed}, round {i}, {verb} and a kill after {delay:0.0} ms: {e.Message}", e);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task What_was_acknowledged_is_there_after_a_kill(string verb)
    {
        Scene scene = await PrepareAsync(verb);
        await scene.Act();
        await Engine.RestartAsync();
        await EngineTruth.AssertAsync(Engine, Cancel);
        await scene.Done();
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task After_a_kill_before_a_verb_the_verb_works(string verb)
    {
        Scene scene = await PrepareAsync(verb);
        await Engine.RestartAsync();
        await scene.Act();
        await scene.Done();
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    private async Task KillDuringAsync(string verb, TimeSpan delay)
    {
        Scene scene = await PrepareAsync(verb);
        Task call = Task.Run(scene.Act, Cancel);
        await Task.WhenAny(call, Task.Delay(delay, Cancel));
        bool acknowledged = call.IsCompletedSuccessfully;
        await Engine.KillAsync();
        try
        {
            await call;
            acknowledged = true;
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            // The call broke with the engine: nothing was promised.
        }

        await Engine.StartAsync();
        IReadOnlyList<Container> containers = await EngineTruth.AssertAsync(Engine, Cancel);
        if (acknowledged)
        {
            await scene.Done();
        }

        // Whatever was half-done can be gone on with.
        foreach (Container container in containers)
        {
            await Containers.RemoveAsync(container.Id, force: true, Cancel);
        }

        Assert.Empty(await EngineTruth.AssertAsync(Engine, Cancel));
    }

    /// <summary>What is done, and what must be true once it was acknowledged.</summary>
    private sealed record Scene(Func<Task> Act, Func<Task> Done);

    private async Task<Scene> PrepareAsync(string verb)
    {
        string name = NewName();
        if (verb == "create")
        {
            return new Scene(() => CreateAsync(Sleeper(), name), () => AssertStateAsync(name, ContainerState.Created));
        }

        ContainerConfiguration configuration = verb switch
        {
            "exit" => Script("trap 'exit 5' USR1; echo ready; sleep 1000 & wait"),
            "auto-remove" => Script("exit 3") with { AutoRemove = true },
            _ => Sleeper(),
        };
        Container container = await CreateAsync(configuration, name);
        if (verb is not ("start" or "remove" or "auto-remove"))
        {
            await Containers.StartAsync(name, Cancel);
            await UntilItSaysAsync(container, "ready");
        }

        switch (verb)
        {
            case "start":
                return new Scene(
                    () => Containers.StartAsync(name, Cancel), () => AssertStateAsync(name, ContainerState.Running));
            case "stop":
                return new Scene(
                    () => Containers.StopAsync(name, null, null, Cancel),
                    () => AssertStateAsync(name, ContainerState.Exited, 143));
            case "kill":
                return new Scene(
                    () => Containers.SignalAsync(name, "KILL", Cancel),
                    () => AssertStateAsync(name, ContainerState.Exited, 137));
            case "pause":
                return new Scene(
                    () => Containers.PauseAsync(name, Cancel), () => AssertStateAsync(name, ContainerState.Paused));
            case "resume":
                await Containers.PauseAsync(name, Cancel);
                return new Scene(
                    () => Containers.ResumeAsync(name, Cancel), () => AssertStateAsync(name, ContainerState.Running));
            case "rename":
                return new Scene(
                    () => Containers.RenameAsync(name, name + "-new", Cancel),
                    () => AssertStateAsync(name + "-new", ContainerState.Running));
            case "restart":
                return new Scene(
                    () => Containers.RestartAsync(name, null, TimeSpan.Zero, Cancel),
                    () => AssertStateAsync(name, ContainerState.Running));
            case "exit":
                return new Scene(
                    async () =>
                    {
                        await Containers.SignalAsync(name, "USR1", Cancel);
                        await WaitAsync(container);
                    },
                    () => AssertStateAsync(name, ContainerState.Exited, 5));
            case "auto-remove":
                return new Scene(
                    async () =>
                    {
                        Task<ContainerExit> removed =
                            await Containers.BeginWaitAsync(name, ContainerWaitCondition.Removed, Cancel);
                        await Containers.StartAsync(name, Cancel);
                        await removed;
                    },
                    () => AssertGoneAsync(name));
            default:
                return new Scene(
                    () => Containers.RemoveAsync(name, force: verb == "remove-force", Cancel),
                    () => AssertGoneAsync(name));
        }
    }

    private async Task AssertStateAsync(string name, ContainerState state, int? exitCode = null)
    {
        Container container = await Containers.GetAsync(name, false, Cancel);
        Assert.True(
            container.State == state && (exitCode is null || container.ExitCode == exitCode),
            $"{name} is {container.Status}, not {state} {exitCode}.\n{Engine.LogTail()}");
    }

    private Task<EngineException> AssertGoneAsync(string name) =>
        FailsAsync(EngineErrorReason.ContainerNotFound, () => Containers.GetAsync(name, false, Cancel));
}
