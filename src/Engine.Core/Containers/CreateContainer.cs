using Engine.Core.Containers.Configuration;
using Engine.Core.Containers.Lifecycle;
using Engine.Core.Containers.Names;
using Engine.Core.Containers.Records;
using Engine.Core.Containers.Specification;
using Engine.Core.Events;
using Engine.Core.Images;
using Engine.Linux.Processes;
using Engine.Oci.Runtime;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers;

/// <summary>Makes a container, without starting it: one transaction, and nothing on disk until it is started.</summary>
public sealed partial class CreateContainer
{
    private readonly ContainerStore _store;
    private readonly ImageStore _images;
    private readonly Runtimes _runtimes;
    private readonly HostFacts _host;
    private readonly ContainerView _view;
    private readonly EventStream _events;
    private readonly TimeProvider _time;
    private readonly ILogger<CreateContainer> _logger;

    internal CreateContainer(
        ContainerStore store, ImageStore images, Runtimes runtimes, HostFacts host, ContainerView view,
        EventStream events, TimeProvider time, ILogger<CreateContainer> logger)
    {
        _store = store;
        _images = images;
        _runtimes = runtimes;
        _host = host;
        _view = view;
        _events = events;
        _time = time;
        _logger = logger;
    }

    /// <summary>Checks a request, merges the image's settings into it, and keeps the result.</summary>
    /// <param name="name">The name, or null or empty for one of the engine's making.</param>
    /// <param name="configuration">The request.</param>
    /// <param name="cancellationToken">Cancels before anything is kept.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidContainerName"/>, <see cref="EngineErrorReason.ContainerNameInUse"/>,
    /// <see cref="EngineErrorReason.InvalidContainerConfiguration"/>, <see cref="EngineErrorReason.ImageNotFound"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.NoCommand"/>,
    /// <see cref="EngineErrorReason.MountSourceNotFound"/>, <see cref="EngineErrorReason.InvalidSignal"/>,
    /// <see cref="EngineErrorReason.InvalidSeccompProfile"/>.
    /// </exception>
    public Task<CreatedContainer> HandleAsync(
        string? name, ContainerConfiguration configuration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Create(name, configuration));
    }

    private CreatedContainer Create(string? name, ContainerConfiguration configuration)
    {
        var wantedName = string.IsNullOrEmpty(name) ? null : ContainerName.Parse(name);
        Check(configuration);

        // While it is held, the image cannot be removed: it is in use from now on.
        using var image = _images.Use(configuration.Image, configuration.Platform);
        var merged = Share(ConfigurationMerge.Merge(configuration, image.Configuration));
        if (merged.Entrypoint!.Count + merged.Command!.Count == 0)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.NoCommand,
                $"No command was given, and the image '{configuration.Image}' has none. Say what to run.", configuration.Image);
        }

        var id = NewId();
        var reserved = Reserve(wantedName, id);
        try
        {
            var entry = _store.Add(new ContainerRecord
            {
                Id = id,
                Name = reserved,
                Image = configuration.Image,
                ImageId = image.Id,
                Layers = [.. image.LowerDirectories.Select(static path => Path.GetFileName(path))],
                Configuration = merged,
                CreatedAt = _time.GetUtcNow(),
            });
            LogCreated(id, reserved, configuration.Image);
            _events.PublishContainer(entry.Record, "create");
            return new CreatedContainer(_view.Of(entry.Record), Warnings(merged));
        }
        catch
        {
            _store.ReleaseName(reserved, id);
            throw;
        }
    }

    private void Check(ContainerConfiguration configuration)
    {
        ConfigurationRules.Check(configuration, _host.Processors);
        if (configuration.StopSignal is { Length: > 0 } signal)
        {
            _ = Signal.Parse(signal);
        }

        if (configuration.SeccompProfile is { } profile and not SeccompFilters.Unconfined)
        {
            _ = SeccompProfile.Parse(System.Text.Encoding.UTF8.GetBytes(profile));
        }

        if (configuration.Runtime is { } runtime)
        {
            _runtimes.Check(runtime);
        }

        MountSources.Check(configuration.Mounts);
    }

    /// <summary>Names of containers whose namespaces are shared become ids: a rename must not change who it is.</summary>
    private ContainerConfiguration Share(ContainerConfiguration configuration) => configuration with
    {
        PidMode = Share(configuration.PidMode),
        IpcMode = Share(configuration.IpcMode),
    };

    private string? Share(string? mode) =>
        NamespaceRules.SharedWith(mode) is { } donor ? "container:" + _store.Resolve(donor).Id : mode;

    private string NewId()
    {
        string id;
        do
        {
            id = ContainerId.New();
        }
        while (_store.IsIdTaken(id));

        return id;
    }

    private string Reserve(string? wanted, string id)
    {
        if (wanted is not null)
        {
            return _store.TryReserveName(wanted, id, out var owner) ? wanted : throw ContainerErrors.NameInUse(wanted, owner);
        }

        // The last candidate is the short id, which is free unless somebody chose it as a name on purpose.
        return NameGenerator.Candidates(id).FirstOrDefault(candidate => _store.TryReserveName(candidate, id, out _))
            ?? throw ContainerErrors.NameInUse(id[..12], id);
    }

    private List<string> Warnings(ContainerConfiguration configuration)
    {
        var warnings = new List<string>();
        if (configuration.Ulimits.Count > 0 && !_host.MayRaiseLimits)
        {
            warnings.Add("The engine may not raise resource limits on this host (no CAP_SYS_RESOURCE): limits above its own will keep the container from starting.");
        }

        if (configuration.OomScoreAdjust < _host.OomScoreAdjust && !_host.MayRaiseLimits)
        {
            warnings.Add("The engine may not lower the OOM score on this host (no CAP_SYS_RESOURCE): the container will not start with this adjustment.");
        }

        return warnings;
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Created container {ContainerId} '{Name}' of {Image}")]
    private partial void LogCreated(string containerId, string name, string image);
}
