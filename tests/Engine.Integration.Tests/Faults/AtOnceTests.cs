using Engine.Client;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Faults;

/// <summary>Many clients at once, each with a connection of its own.</summary>
public sealed class AtOnceTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private readonly EngineClient[] _clients =
        [.. Enumerable.Range(0, 8).Select(_ => new EngineClient(fixture.Engine.Client.Connection))];

    public override async ValueTask DisposeAsync()
    {
        foreach (EngineClient client in _clients)
        {
            client.Dispose();
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_creations_with_one_name_exactly_one_wins()
    {
        string name = NewName();
        bool[] won = await AllAsync(async client =>
        {
            var (container, _) = await client.Containers.CreateAsync(Config("true"), name, Cancel);
            Track(container);
        }, EngineErrorReason.ContainerNameInUse);
        Assert.Single(won, w => w);
    }

    [Fact]
    public async Task Of_many_starts_exactly_one_starts_it()
    {
        Container container = await CreateAsync(Sleeper());
        bool[] started = await Task.WhenAll(_clients.Select(c => c.Containers.StartAsync(container.Id, Cancel)));
        Assert.Single(started, s => s);
    }

    [Fact]
    public async Task Of_many_removals_exactly_one_removes_it_and_the_others_say_so()
    {
        Container container = await StartAsync(Sleeper());
        bool[] won = await AllAsync(
            c => c.Containers.RemoveAsync(container.Id, force: true, Cancel),
            EngineErrorReason.ContainerNotFound, EngineErrorReason.ContainerRemoving);
        Assert.Single(won, w => w);
    }

    [Fact]
    public async Task Starts_stops_and_removals_of_one_container_at_once_end_in_a_true_state()
    {
        for (int round = 0; round < 5; round++)
        {
            Container container = await CreateAsync(Config("sleep", "1000"));
            await Task.WhenAll(_clients.Select(async (client, i) =>
            {
                for (int step = 0; step < 4; step++)
                {
                    try
                    {
                        await ((i + step) switch
                        {
                            0 or 3 or 6 => client.Containers.StartAsync(container.Id, Cancel),
                            1 or 4 => client.Containers.StopAsync(container.Id, null, TimeSpan.Zero, Cancel),
                            2 => client.Containers.RestartAsync(container.Id, null, TimeSpan.Zero, Cancel),
                            5 => client.Containers.PauseAsync(container.Id, Cancel),
                            7 => client.Containers.ResumeAsync(container.Id, Cancel),
                            8 => client.Containers.RemoveAsync(container.Id, force: round % 2 == 0, Cancel),
                            _ => client.Containers.SignalAsync(container.Id, "KILL", Cancel),
                        });
                    }
                    catch (EngineException e)
                    {
                        Assert.True(
                            e.Code is EngineErrorCode.Conflict or EngineErrorCode.NotFound or EngineErrorCode.Busy,
                            $"{e.Reason}: {e.Message}");
                    }
                }
            }));
            try
            {
                Container after = await GetAsync(container);
                bool runs = after.State is ContainerState.Running or ContainerState.Paused;
                Assert.Equal(runs, after.Pid is { } pid && Kernel.IsAlive(pid));
                await Containers.RemoveAsync(container.Id, force: true, Cancel);
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.ContainerNotFound)
            {
                // One of the removals came last.
            }

            IReadOnlyList<string> left = await Leftovers.UntilGoneAsync([container.Id]);
            Assert.True(left.Count == 0, string.Join('\n', left));
        }
    }

    private async Task<bool[]> AllAsync(Func<EngineClient, Task> call, params string[] losers) =>
        await Task.WhenAll(_clients.Select(async client =>
        {
            try
            {
                await call(client);
                return true;
            }
            catch (EngineException e) when (losers.Contains(e.Reason))
            {
                return false;
            }
        }));
}
