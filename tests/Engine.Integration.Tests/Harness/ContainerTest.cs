using System.Text;
using Engine.Client;

namespace Engine.Integration.Tests.Harness;

/// <summary>
/// A test that makes containers. Those that it made are removed at its end, and it fails when a process, mount, cgroup
/// or
/// directory of one of them is still there.
/// </summary>
public abstract class ContainerTest : IAsyncLifetime
{
    private readonly List<Container> _made = [];
    private readonly CancellationTokenSource _limit =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected ContainerTest(TestEngine engine) => Engine = engine;

    protected ContainerTest(EngineFixture fixture)
        : this(fixture.Engine) => Image = fixture.Image;

    public TestEngine Engine { get; protected set; }

    /// <summary>The image that tests run.</summary>
    public ContainerImage Image { get; protected set; } = null!;

    /// <summary>The containers of the test's engine.</summary>
    internal ContainersClient Containers => Engine.Client.Containers;

    /// <summary>Ends a test that takes far too long.</summary>
    protected CancellationToken Cancel => _limit.Token;

    /// <summary>How long one test may take.</summary>
    private protected virtual TimeSpan TestLimit => Limit.Call;

    public virtual ValueTask InitializeAsync()
    {
        _limit.CancelAfter(TestLimit);
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _limit.Dispose();
        using var limit = new CancellationTokenSource(Limit.Call);
        foreach (Container container in ((IEnumerable<Container>)_made).Reverse())
        {
            try
            {
                await Containers.RemoveAsync(container.Id, force: true, limit.Token);
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.ContainerNotFound)
            {
                // The test removed it.
            }
        }

        if (_made.Count > 0)
        {
            IReadOnlyList<string> left = await Leftovers.UntilGoneAsync([.. _made.Select(static c => c.Id)]);
            Assert.True(left.Count == 0, "Left behind:\n" + string.Join('\n', left) + "\n" + Engine.LogTail());
        }
    }

    /// <summary>A name that no other test has.</summary>
    internal static string NewName() => $"t-{Guid.NewGuid():N}"[..18];

    /// <summary>A configuration that runs a command in the test image.</summary>
    internal static ContainerConfiguration Config(params string[] command) =>
        new() { Image = BusyboxImage.Reference, Command = command };

    /// <summary>A configuration that runs a script.</summary>
    internal static ContainerConfiguration Script(string script) => Config("sh", "-c", script);

    /// <summary>A configuration that runs until it is stopped, and stops at once on SIGTERM.</summary>
    internal static ContainerConfiguration Sleeper() => Script("trap 'exit 143' TERM; echo ready; sleep 1000 & wait");

    internal async Task<Container> CreateAsync(ContainerConfiguration configuration, string? name = null)
    {
        var (container, _) = await Containers.CreateAsync(configuration, name ?? NewName(), Cancel);
        Track(container);
        return container;
    }

    /// <summary>Has a container that the test made by itself removed at the end.</summary>
    protected void Track(Container container)
    {
        lock (_made)
        {
            _made.Add(container);
        }
    }

    /// <summary>Makes and starts a container, and returns it as it is then.</summary>
    internal async Task<Container> StartAsync(ContainerConfiguration configuration, string? name = null)
    {
        Container container = await CreateAsync(configuration, name);
        await Containers.StartAsync(container.Id, Cancel);
        return await GetAsync(container);
    }

    /// <summary>
    /// Starts a container that says "ready", and waits until it has said so: its traps are in place then.
    /// </summary>
    internal async Task<Container> StartReadyAsync(ContainerConfiguration? configuration = null, string? name = null)
    {
        Container container = await StartAsync(configuration ?? Sleeper(), name);
        await UntilItSaysAsync(container, "ready");
        return container;
    }

    /// <summary>Runs a container to its end.</summary>
    internal async Task<RunResult> RunAsync(ContainerConfiguration configuration)
    {
        Container container = await CreateAsync(configuration);
        return await RunAsync(container);
    }

    internal async Task<RunResult> RunAsync(Container container)
    {
        Task<ContainerExit> wait =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NextExit, Cancel);
        await Containers.StartAsync(container.Id, Cancel);
        ContainerExit exit = await wait;
        var (output, error) = await LogAsync(container);
        return new RunResult(await GetAsync(container), exit.ExitCode, output, error);
    }

    internal async Task<Container> GetAsync(Container container) =>
        await Containers.GetAsync(container.Id, size: false, Cancel);

    internal async Task<ContainerState> StateOfAsync(Container container) => (await GetAsync(container)).State;

    internal async Task<ContainerExit> WaitAsync(Container container) =>
        await Containers.WaitAsync(container.Id, ContainerWaitCondition.NotRunning, Cancel);

    /// <summary>All that a container wrote to each of its streams, as text.</summary>
    internal async Task<(string Output, string Error)> LogAsync(Container container)
    {
        var (output, error) = await LogBytesAsync(container, new ContainerLogQuery());
        return (Encoding.UTF8.GetString(output), Encoding.UTF8.GetString(error));
    }

    internal async Task<(byte[] Output, byte[] Error)> LogBytesAsync(Container container, ContainerLogQuery query)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await foreach (ContainerLogEntry entry in await Containers.OpenLogAsync(container.Id, query, Cancel))
        {
            MemoryStream stream = entry.Stream == ContainerStream.Output ? output : error;
            stream.Write(entry.Content.Span);
            if (!entry.Partial)
            {
                stream.WriteByte((byte)'\n');
            }
        }

        return (output.ToArray(), error.ToArray());
    }

    /// <summary>Waits until a container has written a line: what it does before that is done.</summary>
    internal async Task UntilItSaysAsync(Container container, string line)
    {
        await foreach (ContainerLogEntry entry in
            await Containers.OpenLogAsync(container.Id, new ContainerLogQuery { Follow = true }, Cancel))
        {
            if (Encoding.UTF8.GetString(entry.Content.Span) == line)
            {
                return;
            }
        }

        Assert.Fail($"The container ended without saying '{line}'.");
    }

    /// <summary>Expects an error with a reason, and with what it is about.</summary>
    internal static async Task<EngineException> FailsAsync(string reason, Func<Task> call)
    {
        EngineException error = await Assert.ThrowsAsync<EngineException>(call);
        Assert.True(error.Reason == reason, $"Expected {reason}, but: {error.Reason}, {error.Message}");
        Assert.False(string.IsNullOrWhiteSpace(error.Message));
        return error;
    }
}
