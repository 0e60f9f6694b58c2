using System.Globalization;
using Engine.Linux.Files;

namespace Engine.Core;

/// <summary>Makes this engine the only one of its data root, for as long as its process lives.</summary>
internal sealed class DataRootLock : IDisposable
{
    private readonly FileLock _lock;

    /// <exception cref="EngineException"><see cref="EngineErrorReason.DataRootInUse"/>.</exception>
    public DataRootLock(EngineDirectories directories)
    {
        directories.Create();
        var path = Path.Combine(directories.DataRoot, "engine.lock");
        _lock = FileLock.TryAcquire(path) ?? throw new EngineException(
            EngineErrorCode.Busy, EngineErrorReason.DataRootInUse,
            $"Another engine uses the data root '{directories.DataRoot}'. Stop it, or give this one a data root of its own.",
            directories.DataRoot);
        _lock.Describe(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose() => _lock.Dispose();
}
