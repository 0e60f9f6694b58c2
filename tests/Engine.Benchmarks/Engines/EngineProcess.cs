using System.Diagnostics;
using Engine.Client;

namespace Engine.Benchmarks.Engines;

/// <summary>engined, over gRPC.</summary>
internal sealed class EngineProcess(string name, string program) : IMeasuredEngine
{
    private readonly PrivateDirectory _directory = new();
    private readonly List<EngineClient> _clients = [];
    private Process? _process;

    public string Name => name;

    public async Task<TimeSpan?> StartAsync()
    {
        long started = Stopwatch.GetTimestamp();
        _process = _directory.Start(
            program, "--data-root", _directory["data"], "--exec-root", _directory["exec"], "--log-level", "warn");
        for (int i = 0; i < 64; i++)
        {
            _clients.Add(new EngineClient(new EngineConnection(new Uri("unix://" + _directory["exec/engine.sock"]))));
        }

        while (true)
        {
            try
            {
                await _clients[0].System.GetInfoAsync(CancellationToken.None);
                return Stopwatch.GetElapsedTime(started);
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.EngineNotRunning && !_process.HasExited)
            {
                await Task.Delay(1);
            }
            catch (EngineException e)
            {
                throw new InvalidOperationException($"{e.Message}\n{_directory.LogTail()}", e);
            }
        }
    }

    public async Task PrepareAsync()
    {
        using var archive = new MemoryStream(BenchmarkImage.RootFileSystem());
        var import = new ImageImport { References = [BenchmarkImage.Reference] };
        await foreach (
            ContainerImage _ in _clients[0].Images.ImportAsync(archive, import, null, null, CancellationToken.None))
        {
        }
    }

    public async Task RunAsync(int client, PhaseTimes? phases)
    {
        ContainersClient containers = _clients[client].Containers;
        phases?.Begin();
        string id = await CreateAsync(containers, "true");
        phases?.End("create");
        Task<ContainerExit> wait =
            await containers.BeginWaitAsync(id, ContainerWaitCondition.NextExit, CancellationToken.None);
        phases?.End("begin to wait");
        await containers.StartAsync(id, CancellationToken.None);
        phases?.End("start");
        ContainerExit exit = await wait;
        phases?.End("exit");
        if (exit.ExitCode != 0)
        {
            throw new InvalidOperationException($"The container ended with {exit.ExitCode}: {exit.Error}");
        }

        await containers.RemoveAsync(id, force: false, CancellationToken.None);
        phases?.End("remove");
    }

    public async Task StartSleepersAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            string id = await CreateAsync(_clients[0].Containers, "sleep", "1000");
            await _clients[0].Containers.StartAsync(id, CancellationToken.None);
        }
    }

    public long? DaemonMemory() => PrivateDirectory.Resident(_process!.Id);

    public long MonitorMemory() => _directory.Memory("conmon");

    public async Task PullAsync(string reference)
    {
        var pull = new ImagePull { Reference = reference };
        await foreach (ContainerImage _ in _clients[0].Images.PullAsync(pull, null, null, CancellationToken.None))
        {
        }
    }

    public Task RemoveImageAsync(string reference) =>
        _clients[0].Images.RemoveAsync(reference, force: true, CancellationToken.None);

    public long? PeakMemory() => PrivateDirectory.Peak(_process!.Id);

    public TimeSpan? ProcessorTime() => PrivateDirectory.ProcessorTime(_process!.Id);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await foreach (
                Container container in _clients[0].Containers.ListAsync(new ContainerFilter(), CancellationToken.None))
            {
                await _clients[0].Containers.RemoveAsync(container.Id, force: true, CancellationToken.None);
            }

            await _clients[0].System.ShutdownAsync(CancellationToken.None);
            await _process.WaitForExitAsync();
        }

        _clients.ForEach(c => c.Dispose());
        _process?.Dispose();
        _directory.Dispose();
    }

    private static async Task<string> CreateAsync(ContainersClient containers, params string[] command)
    {
        var configuration =
            new ContainerConfiguration { Image = BenchmarkImage.Reference, Command = command, NetworkMode = "none" };
        return (await containers.CreateAsync(configuration, null, CancellationToken.None)).Container.Id;
    }
}
