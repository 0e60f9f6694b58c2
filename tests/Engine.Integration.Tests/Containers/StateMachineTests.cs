using CsCheck;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

/// <summary>
/// Every verb in every state that a caller can bring a container into: what it does, or how it is refused.
/// </summary>
public sealed class StateMachineTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private const ContainerState Created = ContainerState.Created;
    private const ContainerState Running = ContainerState.Running;
    private const ContainerState Paused = ContainerState.Paused;
    private const ContainerState Exited = ContainerState.Exited;

    private static readonly ContainerState[] s_states = [Created, Running, Paused, Exited];

    private static readonly string[] s_verbs =
        ["start", "stop", "restart", "kill", "signal", "pause", "resume", "rename", "remove", "remove-force"];

    public static TheoryData<ContainerState, string> Cases
    {
        get
        {
            var cases = new TheoryData<ContainerState, string>();
            foreach (ContainerState state in s_states)
            {
                foreach (string verb in s_verbs)
                {
                    cases.Add(state, verb);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_verb_in_each_state_does_what_docker_does(ContainerState state, string verb)
    {
        Container container = await BringIntoAsync(state);
        await ApplyAsync(container, state, verb);
    }

    [Fact]
    public async Task Any_sequence_of_verbs_keeps_to_the_state_machine()
    {
        // The seed is in the message of a failure: set CsCheck_Seed to it to see the same sequences again.
        await Gen.Int[0, s_verbs.Length - 3].Array[8].SampleAsync(
            async choices =>
            {
                Container container = await CreateAsync(Stubborn());
                ContainerState state = Created;
                foreach (int choice in choices)
                {
                    state = await ApplyAsync(container, state, s_verbs[choice]);
                }

                await Containers.RemoveAsync(container.Id, force: true, Cancel);
            },
            iter: Environment.GetEnvironmentVariable("ENGINE_TEST_LONG") is null ? 6 : 200,
            threads: 2);
    }

    // Process 1 has no default actions (pid_namespaces(7)): it survives every signal but SIGKILL, so that the state
    // after
    // a verb is the verb's doing alone.
    private static ContainerConfiguration Stubborn() => Config("sleep", "1000");

    private async Task<Container> BringIntoAsync(ContainerState state)
    {
        Container container = await CreateAsync(Stubborn());
        if (state != Created)
        {
            await Containers.StartAsync(container.Id, Cancel);
        }

        if (state == Paused)
        {
            await Containers.PauseAsync(container.Id, Cancel);
        }

        if (state == Exited)
        {
            await Containers.SignalAsync(container.Id, "KILL", Cancel);
        }

        return container;
    }

    private static (ContainerState? After, string? Reason) Expect(ContainerState state, string verb) =>
        (verb, state) switch
        {
            ("start", Paused) => (Paused, EngineErrorReason.ContainerPaused),
            ("start" or "restart", _) => (Running, null),
            ("stop", Created) => (Created, null),
            ("stop", _) => (Exited, null),
            ("kill" or "signal" or "pause", Created or Exited) => (state, EngineErrorReason.ContainerNotRunning),
            ("kill", _) => (Exited, null),
            ("signal", _) => (state, null),
            ("pause", Running) => (Paused, null),
            ("pause", _) => (Paused, EngineErrorReason.ContainerPaused),
            ("resume", Paused) => (Running, null),
            ("resume", _) => (state, EngineErrorReason.ContainerNotPaused),
            ("rename", _) => (state, null),
            ("remove", Running or Paused) => (state, EngineErrorReason.ContainerRunning),
            _ => (null, null),
        };

    private async Task<ContainerState> ApplyAsync(Container container, ContainerState state, string verb)
    {
        var (after, reason) = Expect(state, verb);
        Task Call() => verb switch
        {
            "start" => Containers.StartAsync(container.Id, Cancel),
            "stop" => Containers.StopAsync(container.Id, null, TimeSpan.Zero, Cancel),
            "restart" => Containers.RestartAsync(container.Id, null, TimeSpan.Zero, Cancel),
            "kill" => Containers.SignalAsync(container.Id, "KILL", Cancel),
            "signal" => Containers.SignalAsync(container.Id, "USR1", Cancel),
            "pause" => Containers.PauseAsync(container.Id, Cancel),
            "resume" => Containers.ResumeAsync(container.Id, Cancel),
            "rename" => Containers.RenameAsync(container.Id, NewName(), Cancel),
            "remove" => Containers.RemoveAsync(container.Id, force: false, Cancel),
            _ => Containers.RemoveAsync(container.Id, force: true, Cancel),
        };
        if (reason is null)
        {
            await Call();
        }
        else
        {
            await FailsAsync(reason, Call);
        }

        if (after is null)
        {
            await FailsAsync(EngineErrorReason.ContainerNotFound, () => GetAsync(container));
            return state;
        }

        Container now = await GetAsync(container);
        Assert.True(now.State == after, $"{verb} in {state}: it is {now.State}, not {after}.");
        return now.State;
    }
}
