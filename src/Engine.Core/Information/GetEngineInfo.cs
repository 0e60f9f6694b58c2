using System.Globalization;
using Engine.Core.Containers;
using Engine.Core.Containers.Lifecycle;
using Engine.Core.Containers.Specification;
using Engine.Core.Images;
using Engine.Core.State;
using Engine.Linux.Cgroups;
using Engine.Linux.Host;

namespace Engine.Core.Information;

/// <summary>Tells what the engine is, runs on, and holds.</summary>
public sealed class GetEngineInfo
{
    private readonly EngineOptions _options;
    private readonly EngineIdentity _identity;
    private readonly ContainerStore _containers;
    private readonly ListImages _images;
    private readonly Runtimes _runtimes;
    private readonly HostFacts _host;
    private readonly HostCgroups _cgroups;
    private readonly SeccompFilters _seccomp;
    private readonly DateTimeOffset _startedAt;

    internal GetEngineInfo(
        EngineOptions options, EngineIdentity identity, ContainerStore containers, ListImages images, Runtimes runtimes,
        HostFacts host, HostCgroups cgroups, SeccompFilters seccomp, TimeProvider time)
    {
        _options = options;
        _identity = identity;
        _containers = containers;
        _images = images;
        _runtimes = runtimes;
        _host = host;
        _cgroups = cgroups;
        _seccomp = seccomp;
        _startedAt = time.GetUtcNow();
    }

    /// <summary>Gathers the facts. A runtime that is not installed is left out, and is a warning when none is.</summary>
    public async Task<EngineInfo> HandleAsync(CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var found = await FindRuntimesAsync(warnings, cancellationToken).ConfigureAwait(false);
        var host = HostInformation.Read();
        var states = _containers.All.Select(static entry => entry.Record.State).ToList();
        return new EngineInfo
        {
            Id = _identity.Id,
            Name = host.HostName,
            Version = _options.Version,
            ApiVersion = "engine.v1",
            StartedAt = _startedAt,
            KernelVersion = host.KernelVersion,
            OperatingSystem = host.OperatingSystem,
            Architecture = _host.Architecture,
            Cpus = _host.Processors,
            Memory = host.MemoryBytes,
            CgroupVersion = CgroupName(),
            CgroupDriver = "cgroupfs",
            StorageDriver = "overlay",
            DataRoot = _options.DataRoot,
            ExecRoot = _options.ExecRoot,
            Runtimes = found.Runtimes,
            DefaultRuntime = found.Default,
            MonitorVersion = found.Monitor,
            SecurityOptions = [.. _seccomp.HasDefault ? (string[])["seccomp"] : [], .. host.SecurityModules.Where(static module => module is "apparmor" or "selinux")],
            Containers = states.Count,
            ContainersRunning = states.Count(static state => state == ContainerState.Running),
            ContainersPaused = states.Count(static state => state == ContainerState.Paused),
            ContainersStopped = states.Count(static state => state is not (ContainerState.Running or ContainerState.Paused)),
            Images = _images.Handle(new ImageFilter()).Count,
            Warnings = [.. warnings, .. HostWarnings()],
        };
    }

    private async Task<(IReadOnlyList<RuntimeInfo> Runtimes, string Default, string Monitor)> FindRuntimesAsync(
        List<string> warnings, CancellationToken cancellationToken)
    {
        var runtimes = new List<RuntimeInfo>();
        foreach (var name in _runtimes.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryAsync(() => _runtimes.GetAsync(name)).ConfigureAwait(false) is { } runtime)
            {
                runtimes.Add(new RuntimeInfo(name, runtime.Program.Path, runtime.Program.Version));
            }
        }

        var standard = await TryAsync(() => _runtimes.GetAsync(null)).ConfigureAwait(false);
        if (standard is null)
        {
            warnings.Add("No OCI runtime was found: containers cannot be started. Install Debian's package crun.");
        }

        var monitor = await TryAsync(_runtimes.GetMonitorAsync).ConfigureAwait(false);
        if (monitor is null)
        {
            warnings.Add("conmon was not found: containers cannot be started. Install Debian's package conmon.");
        }

        return (runtimes, standard?.Name ?? "", monitor?.Version ?? "");
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> find)
        where T : class
    {
        try
        {
            return await find().ConfigureAwait(false);
        }
        catch (EngineException error) when (error.Reason == EngineErrorReason.RuntimeNotFound)
        {
            return null;
        }
    }

    private string CgroupName() => _cgroups.Hierarchy.Version switch
    {
        CgroupVersion.V1 => "1",
        CgroupVersion.Hybrid => "1 (hybrid)",
        CgroupVersion.V2 => "2",
        _ => "",
    };

    private IEnumerable<string> HostWarnings()
    {
        foreach (var controller in (string[])["memory", "cpu", "pids", "cpuset"])
        {
            if (!_cgroups.Hierarchy.Has(controller))
            {
                yield return $"The host has no {controller} cgroup controller: limits on it are refused.";
            }
        }

        if (!_seccomp.HasDefault)
        {
            yield return "Containers run without a seccomp filter: the engine's configuration says so.";
        }

        if (!_host.MayRaiseLimits)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The engine lacks CAP_SYS_RESOURCE: containers cannot have resource limits above its own.");
        }
    }
}
