using Engine.Core.Containers.Lifecycle;
using Engine.Core.Images;
using Microsoft.Extensions.Logging;

namespace Engine.Core;

/// <summary>
/// Brings an engine to life: everything that must be true before the first request is answered. Containers do not end
/// with it.
/// </summary>
public sealed partial class EngineStartup
{
    private readonly ImagesRecovery _images;
    private readonly ContainersRecovery _containers;
    private readonly ILogger<EngineStartup> _logger;

    // The seccomp profile is read when its owner is made: an engine that would fail every start does not come up.
    internal EngineStartup(
        ImagesRecovery images, ContainersRecovery containers, SeccompFilters seccomp, ILogger<EngineStartup> logger)
    {
        ArgumentNullException.ThrowIfNull(seccomp);
        _images = images;
        _containers = containers;
        _logger = logger;
    }

    /// <summary>Compares the state with the kernel and the disk, and finishes or undoes what was in flight.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Images that were removed by force while containers used them are purged with their last container: who uses
        // what is known first.
        _containers.Load();
        await _images.RunAsync(cancellationToken).ConfigureAwait(false);
        await _containers.RunAsync(cancellationToken).ConfigureAwait(false);
        LogRecovered();
    }

    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "The state agrees with the kernel and the disk")]
    private partial void LogRecovered();
}
