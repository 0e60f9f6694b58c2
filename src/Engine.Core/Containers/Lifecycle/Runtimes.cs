using System.Collections.Concurrent;
using Engine.Linux.Runtime;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>The OCI runtimes that containers can ask for, and the monitor. Each is looked for once, when it is first needed.</summary>
internal sealed class Runtimes(EngineOptions options, EngineDirectories directories)
{
    /// <summary>The runtime that is preferred.</summary>
    public const string Crun = "crun";

    private const string Runc = "runc";

    private readonly ConcurrentDictionary<string, Task<OciRuntime>> _open = new(StringComparer.Ordinal);
    private readonly Lazy<Task<ContainerMonitor>> _monitor = new(static () => ContainerMonitor.OpenAsync());

    /// <summary>The names that can be asked for.</summary>
    public IReadOnlyList<string> Names => [Crun, Runc, .. options.Runtimes.Keys.Where(static name => name is not (Crun or Runc))];

    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidContainerConfiguration"/> for a name that is not known.</exception>
    public void Check(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw ContainerErrors.InvalidConfiguration(
                $"Runtime: '{name}' is not one of the engine's runtimes ({string.Join(", ", Names)}).", name);
        }
    }

    /// <summary>The runtime of a name; null for the default one.</summary>
    public async Task<NamedRuntime> GetAsync(string? name)
    {
        name ??= options.DefaultRuntime;
        if (name is not null)
        {
            Check(name);
            var own = options.Runtimes.GetValueOrDefault(name);
            return new NamedRuntime(
                name, await OpenAsync(name, [own?.Path ?? name], own?.Arguments ?? []).ConfigureAwait(false));
        }

        // crun starts a container in less than half of runc's time; runc also runs where crun does not.
        var found = await OpenAsync("default", [Crun, Runc], []).ConfigureAwait(false);
        return new NamedRuntime(found.Name, found);
    }

    public Task<ContainerMonitor> GetMonitorAsync() => _monitor.Value;

    private async Task<OciRuntime> OpenAsync(
        string key, IReadOnlyList<string> candidates, IReadOnlyList<string> arguments)
    {
        var opening = _open.GetOrAdd(key, _ => OciRuntime.OpenAsync(new OciRuntimeOptions
        {
            Candidates = candidates,
            Arguments = arguments,
            // One directory for all: whoever takes a container down must find what another name of the runtime made.
            Root = directories.Runtimes,
        }));
        try
        {
            return await opening.ConfigureAwait(false);
        }
        catch
        {
            // It may be installed by the next time.
            _open.TryRemove(new KeyValuePair<string, Task<OciRuntime>>(key, opening));
            throw;
        }
    }
}
